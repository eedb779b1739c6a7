import Civic
import Foundation
import Storage

/// The figures that modules publish: what Plan and every page that shows one reads.
///
/// Values are folded from facts within about a second after these were recorded.
public struct Indicators: Sendable {
    private let database: any Database
    private let declared: [String: Indicator]

    public init(database: any Database, _ indicators: [Indicator]) {
        self.database = database
        declared = Dictionary(indicators.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    }

    public var all: [Indicator] { declared.values.sorted { $0.id < $1.id } }

    public func indicator(_ id: String) throws(Refusal) -> Indicator {
        if let indicator = declared[id] { return indicator }
        throw Refusal(.notFound, "There is no indicator '\(id)'.")
    }

    /// The values of an indicator, in order of time, tenant and breakdown; steps without facts are left out.
    /// - Parameter tenants: whose facts count; `nil`: all.
    public func series(
        _ context: OperationContext, _ id: String, tenants: Set<TenantID>? = nil, period: FigurePeriod,
        by axes: [FigureAxis] = []
    ) async throws(Refusal) -> [FigurePoint] {
        let indicator = try indicator(id)
        guard indicator.kind == .ratio else {
            let cells = try await cells(context, id, tenants, period)
            return FigureSeries(kind: indicator.kind, period: period, axes: axes).points(cells)
        }
        guard let parts = indicator.parts else {
            throw Refusal(.notFound, "The indicator '\(id)' does not say of which two figures it is the ratio.")
        }
        let above = try await series(context, parts.numerator, tenants: tenants, period: period, by: axes)
        let below = try await series(context, parts.denominator, tenants: tenants, period: period, by: axes)
        return FigureSeries.ratio(above, below)
    }

    /// The facts behind the values, newest day first: at most `limit`.
    public func evidence(
        _ context: OperationContext, _ id: String, tenants: Set<TenantID>? = nil, period: FigurePeriod,
        limit: Int = 1_000
    ) async throws(Refusal) -> [Fact] {
        let indicator = try indicator(id)
        let counted = indicator.parts?.numerator ?? id
        let filter = Self.filter(counted, tenants, period)
        return try await database.query(context) { reader throws(Refusal) in
            try reader.rows(
                "SELECT * FROM platform_facts WHERE \(filter.sql) ORDER BY day DESC, key LIMIT ?",
                filter.arguments + [.int(limit)]
            ).compactMap(Fact.init(row:))
        }
    }

    private func cells(
        _ context: OperationContext, _ id: String, _ tenants: Set<TenantID>?, _ period: FigurePeriod
    ) async throws(Refusal) -> [FoldedCell] {
        let filter = Self.filter(id, tenants, period)
        return try await database.query(context) { reader throws(Refusal) in
            try reader.rows("SELECT * FROM platform_figures WHERE \(filter.sql) ORDER BY day", filter.arguments)
                .compactMap(FoldedCell.init(row:))
        }
    }

    private static func filter(_ id: String, _ tenants: Set<TenantID>?, _ period: FigurePeriod) -> SQLFragment {
        var parts = [
            SQLFragment("indicator = ?", [.text(id)]),
            SQLFragment("day BETWEEN ? AND ?", [.int(period.first.dayNumber), .int(period.last.dayNumber)]),
        ]
        if let tenants {
            parts.append(.any(tenants.sorted().map { SQLFragment("tenant = ?", [.text($0.rawValue)]) }))
        }
        return .all(parts)
    }
}
