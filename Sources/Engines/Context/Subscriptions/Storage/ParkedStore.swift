import JSON
import Storage

/// Notifications that failed too often: seen, sent again and discarded by people.
public struct ParkedStore: Sendable {
    /// The newest of each subscription that are kept.
    static let mostPerSubscription = 1_000
    /// The job that sends one again.
    static let replayJob = "context.notification.replay"

    public let database: any Database

    public init(database: any Database) { self.database = database }

    /// Puts a notification aside. Nothing happens if its subscription is gone.
    func park(
        _ context: OperationContext, _ request: RenderedNotification, of key: SubscriptionKey, entities: [String],
        tries: Int, error: String
    ) async throws(Refusal) {
        try await database.write(context) { transaction throws(Refusal) in
            guard try transaction.get(SubscriptionRow.key(key)) != nil else { return }
            let number = try transaction.nextNumber(SubscriptionSchema.parkedNumbers)
            try transaction.execute(
                """
                INSERT INTO context_parked
                (number, space, subscription, entities, method, url, headers, body, time, tries, error)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                [
                    .int64(number), .text(key.space), .text(key.id),
                    .bytes(JSON.array(entities.map { .string($0) }).bytes), .text(request.method), .text(request.url),
                    .bytes(Self.json(request.headers).bytes), .bytes(request.body), .instant(transaction.context.now),
                    .int(tries), .text(String(error.prefix(500))),
                ])
            try Self.trim(key, transaction)
        }
    }

    private static func trim(_ key: SubscriptionKey, _ transaction: any Transaction) throws(Refusal) {
        let row = try transaction.row(
            """
            SELECT number FROM context_parked WHERE space = ? AND subscription = ? ORDER BY number DESC
            LIMIT 1 OFFSET ?
            """, [.text(key.space), .text(key.id), .int(mostPerSubscription)])
        guard let row else { return }
        try transaction.execute(
            "DELETE FROM context_parked WHERE space = ? AND subscription = ? AND number <= ?",
            [.text(key.space), .text(key.id), .int64(row.int64("number"))])
    }

    /// The newest first.
    public func list(
        _ context: OperationContext, _ key: SubscriptionKey, limit: Int = 100
    ) async throws(Refusal) -> [ParkedNotification] {
        try await database.query(context) { reader throws(Refusal) in
            try Self.requireVisible(key, reader)
            return try reader.rows(
                "SELECT * FROM context_parked WHERE space = ? AND subscription = ? ORDER BY number DESC LIMIT ?",
                [.text(key.space), .text(key.id), .int(limit)]
            ).map(Self.decode)
        }
    }

    /// Has parked notifications of a subscription sent again, soon and in the background.
    /// - Parameter number: one of them; nil: all.
    /// - Returns: how many.
    @discardableResult
    public func replay(
        _ context: OperationContext, _ key: SubscriptionKey, number: Int64? = nil
    ) async throws(Refusal) -> Int {
        try await each(context, key, number) { number, transaction throws(Refusal) in
            try transaction.enqueue(JobRequest(type: Self.replayJob, key: String(number)))
        }
    }

    /// Forgets parked notifications of a subscription.
    @discardableResult
    public func discard(
        _ context: OperationContext, _ key: SubscriptionKey, number: Int64? = nil
    ) async throws(Refusal) -> Int {
        try await each(context, key, number) { number, transaction throws(Refusal) in
            try transaction.execute("DELETE FROM context_parked WHERE number = ?", [.int64(number)])
        }
    }

    private func each(
        _ context: OperationContext, _ key: SubscriptionKey, _ number: Int64?,
        _ body: @escaping @Sendable (Int64, any Transaction) throws(Refusal) -> Void
    ) async throws(Refusal) -> Int {
        try await database.write(context) { transaction throws(Refusal) in
            try Self.requireVisible(key, transaction)
            var filter = SQLFragment("space = ? AND subscription = ?", [.text(key.space), .text(key.id)])
            if let number { filter = .all([filter, SQLFragment("number = ?", [.int64(number)])]) }
            let rows = try transaction.rows(
                "SELECT number FROM context_parked WHERE \(filter.sql) ORDER BY number", filter.arguments)
            if rows.isEmpty, number != nil { throw Refusal(.notFound, "There is no such parked notification.") }
            for row in rows { try body(row.int64("number"), transaction) }
            return rows.count
        }
    }

    private static func requireVisible(_ key: SubscriptionKey, _ reader: any Reader) throws(Refusal) {
        guard let row = try reader.get(SubscriptionRow.key(key)),
            try SubscriptionRow.decode(row).isVisible(to: reader.context.actor)
        else { throw .noSubscription(key) }
    }

    /// A parked notification with the subscription that it belongs to.
    func find(
        _ context: OperationContext, number: Int64
    ) async throws(Refusal) -> (ParkedNotification, SubscriptionRecord)? {
        try await database.query(context) { reader throws(Refusal) in
            guard let row = try reader.row("SELECT * FROM context_parked WHERE number = ?", [.int64(number)]) else {
                return nil
            }
            let parked = try Self.decode(row)
            guard let owner = try reader.get(SubscriptionRow.key(parked.subscription)) else { return nil }
            return (parked, try SubscriptionRow.decode(owner))
        }
    }

    func remove(_ context: OperationContext, number: Int64) async throws(Refusal) {
        try await database.write(context) { transaction throws(Refusal) in
            _ = try transaction.execute("DELETE FROM context_parked WHERE number = ?", [.int64(number)])
        }
    }

    private static func json(_ headers: [RenderedNotification.Header]) -> JSON {
        .array(headers.map { [.string($0.name), .string($0.value)] })
    }

    private static func decode(_ row: Row) throws(Refusal) -> ParkedNotification {
        guard let headers = try? JSON(parsing: row.bytes("headers")),
            let entities = try? JSON(parsing: row.bytes("entities"))
        else { throw Refusal(.storage, "A parked notification cannot be read.") }
        return ParkedNotification(
            number: row.int64("number"),
            subscription: SubscriptionKey(space: row.text("space"), id: row.text("subscription")),
            entities: entities.arrayValue?.compactMap(\.stringValue) ?? [],
            request: RenderedNotification(
                method: row.text("method"), url: row.text("url"),
                headers: (headers.arrayValue ?? []).map { .init($0[0]?.stringValue ?? "", $0[1]?.stringValue ?? "") },
                body: row.bytes("body")),
            parkedAt: row.instant("time"), tries: row.int("tries"), error: row.text("error"))
    }
}
