import Civic
import Foundation
import Storage

/// A row of `platform_figures`.
struct FoldedCell: Sendable, Hashable {
    var day: FiscalDay
    var tenant: TenantID?
    var breakdown: [String: String]
    var facts: Int
    var total: Decimal
    var latest: Decimal

    init?(row: Row) {
        guard let day = CivilDate(dayNumber: row.int("day")), let total = Decimal(string: row.text("total")) else {
            return nil
        }
        self.day = day
        self.total = total
        tenant = FigureCell.tenant(row.text("tenant"))
        breakdown = FigureCell.breakdown(row.text("breakdown"))
        facts = row.int("facts")
        latest = row.optionalText("latest").flatMap { Decimal(string: $0) } ?? 0
    }
}

/// Adds cells up to the points of a series.
struct FigureSeries {
    var kind: Indicator.Kind
    var period: FigurePeriod
    var axes: [FigureAxis]

    private struct Place: Hashable {
        var start: FiscalDay
        var tenant: TenantID?
        var breakdown: [String: String]
    }

    /// - Parameter cells: in order of day.
    func points(_ cells: [FoldedCell]) -> [FigurePoint] {
        let groups = Dictionary(grouping: cells) { place(of: $0) }
        let points = groups.map { place, cells in
            FigurePoint(start: place.start, tenant: place.tenant, breakdown: place.breakdown, value: value(of: cells))
        }
        return points.sorted { Self.order($0).lexicographicallyPrecedes(Self.order($1)) }
    }

    private func place(of cell: FoldedCell) -> Place {
        var place = Place(start: period.start(of: cell.day), breakdown: [:])
        for axis in axes {
            switch axis {
            case .tenant: place.tenant = cell.tenant
            case .breakdown(let name): place.breakdown[name] = cell.breakdown[name] ?? ""
            }
        }
        return place
    }

    private func value(of cells: [FoldedCell]) -> Decimal {
        switch kind {
        case .count: return Decimal(cells.reduce(0) { $0 + $1.facts })
        case .sum, .ratio: return cells.reduce(0) { $0 + $1.total }
        case .latest:
            // Of each tenant and breakdown the last value, then their sum: a stock adds over places, not over days.
            var last: [Place: Decimal] = [:]
            for cell in cells {
                last[Place(start: period.first, tenant: cell.tenant, breakdown: cell.breakdown)] = cell.latest
            }
            return last.values.reduce(0, +)
        }
    }

    private static func order(_ point: FigurePoint) -> [String] {
        let breakdown = point.breakdown.sorted { $0.key < $1.key }.flatMap { [$0.key, $0.value] }
        return [point.start.description, point.tenant?.rawValue ?? ""] + breakdown
    }

    /// Point by point; where the lower figure is missing or 0 there is none.
    static func ratio(_ above: [FigurePoint], _ below: [FigurePoint]) -> [FigurePoint] {
        let numerators = Dictionary(
            above.map { (Place(start: $0.start, tenant: $0.tenant, breakdown: $0.breakdown), $0.value) },
            uniquingKeysWith: { first, _ in first })
        return below.compactMap { point in
            guard point.value != 0 else { return nil }
            var ratio = point
            let place = Place(start: point.start, tenant: point.tenant, breakdown: point.breakdown)
            ratio.value = (numerators[place] ?? 0) / point.value
            return ratio
        }
    }
}
