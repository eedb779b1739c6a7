import Foundation
import JSON

/// The straight line from a baseline to a target: where the indicator would stand each year if it grew evenly.
public struct StraightPath: Sendable, Hashable {
    /// The kind of school, or nil for the whole.
    public let label: String?
    /// One point a year, baseline and target included.
    public let points: [Point]

    public struct Point: Sendable, Hashable {
        public let year: Int
        /// In the indicator's unit: at the ends as the plan writes it, between them rounded to two decimal places.
        public let value: JSONNumber
    }

    /// Nil if one of the values is not stated, or the target does not lie after the baseline.
    init?(label: String? = nil, from baseline: JSONNumber?, _ first: Int, to target: JSONNumber?, _ last: Int) {
        guard let baseline, let target, first < last, let start = baseline.decimalValue, let end = target.decimalValue
        else { return nil }
        self.label = label
        let between = (first + 1..<last).compactMap { year -> Point? in
            let value = start + (end - start) * Decimal(year - first) / Decimal(last - first)
            return JSONNumber(StraightPath.rounded(value).description).map { Point(year: year, value: $0) }
        }
        points = [Point(year: first, value: baseline)] + between + [Point(year: last, value: target)]
    }

    private static func rounded(_ value: Decimal) -> Decimal {
        var (value, result) = (value, Decimal())
        NSDecimalRound(&result, &value, 2, .plain)
        return result
    }
}

extension KPI {
    /// The paths that the plan's values allow: one, one for each kind of school, or none.
    public var straightPaths: [StraightPath] {
        let (first, last) = (baseline.year.year, target.year.year)
        guard breakdown.isEmpty else {
            return breakdown.compactMap {
                StraightPath(label: $0.label, from: $0.baseline, first, to: $0.target, last)
            }
        }
        return [StraightPath(from: baseline.value, first, to: target.value, last)].compactMap(\.self)
    }
}
