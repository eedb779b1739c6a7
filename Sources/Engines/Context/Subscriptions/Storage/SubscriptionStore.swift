import JSON
import Storage

/// Subscriptions of both protocols: the only door to their rows.
///
/// A subscription belongs to a body: its people alone see and change it; for others it does not exist.
public struct SubscriptionStore: Sendable {
    public let database: any Database
    let dialects: SubscriptionDialects

    public init(database: any Database, dialects: SubscriptionDialects) {
        self.database = database
        self.dialects = dialects
    }

    /// The subscription, or nil if there is none of this protocol that the actor may see.
    public func get(
        _ context: OperationContext, _ key: SubscriptionKey, _ dialect: SubscriptionProtocol
    ) async throws(Refusal) -> SubscriptionOverview? {
        try await database.query(context) { reader throws(Refusal) in
            guard let row = try reader.get(SubscriptionRow.key(key)) else { return nil }
            let record = try SubscriptionRow.decode(row)
            guard record.dialect == dialect, record.isVisible(to: context.actor) else { return nil }
            return try Self.overview(record, reader)
        }
    }

    /// A page in order of id.
    /// - Parameters:
    ///   - space: nil: of all spaces, for pages.
    ///   - after: only ids after this one; the total stays that of all.
    public func list(
        _ context: OperationContext, space: String?, dialect: SubscriptionProtocol? = nil, limit: Int, offset: Int = 0,
        after: String? = nil
    ) async throws(Refusal) -> (page: [SubscriptionOverview], total: Int) {
        let filter = Self.filter(context.actor, space, dialect)
        return try await database.query(context) { reader throws(Refusal) in
            let total = try reader.count(
                "SELECT COUNT(*) FROM context_subscriptions WHERE \(filter.sql)", filter.arguments)
            let part = SQLFragment.all([filter] + (after.map { [SQLFragment("id > ?", [.text($0)])] } ?? []))
            let rows = try reader.rows(
                "SELECT * FROM context_subscriptions WHERE \(part.sql) ORDER BY space, id LIMIT ? OFFSET ?",
                part.arguments + [.int(limit), .int(offset)])
            var page: [SubscriptionOverview] = []
            for row in rows { page.append(try Self.overview(try SubscriptionRow.decode(row), reader)) }
            return (page, total)
        }
    }

    private static func filter(
        _ actor: Actor, _ space: String?, _ dialect: SubscriptionProtocol?
    ) -> SQLFragment {
        var parts: [SQLFragment] = []
        if let space { parts.append(SQLFragment("space = ?", [.text(space)])) }
        if let dialect { parts.append(SQLFragment("dialect = ?", [.text(dialect.rawValue)])) }
        if !actor.isUnrestricted { parts.append(SQLFragment("owner = ?", [.text(actor.tenant?.rawValue ?? "")])) }
        return .all(parts)
    }

    private static func overview(
        _ record: SubscriptionRecord, _ reader: any Reader
    ) throws(Refusal) -> SubscriptionOverview {
        let arguments: [SQLValue] = [.text(record.key.space), .text(record.key.id)]
        let state = try reader.get(StateRow.key(record.key)).map(StateRow.decode)
        let parked = try reader.count(
            "SELECT COUNT(*) FROM context_parked WHERE space = ? AND subscription = ?", arguments)
        return SubscriptionOverview(record: record, state: state ?? SubscriptionState(), parked: parked)
    }
}

extension SubscriptionRecord {
    func isVisible(to actor: Actor) -> Bool { actor.isUnrestricted || actor.tenant == owner }
}
