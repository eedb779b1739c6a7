import Storage

/// Where an earlier leader stopped, read in one consistent state of the database.
struct LeadStart: Sendable {
    var head: LogPosition
    var catalogue: SubscriptionCatalogue
    var lags: [String: (position: LogPosition, catalogue: SubscriptionCatalogue)]
    var states: [SubscriptionKey: SubscriptionState]
    var held: [HeldEntity]

    static func read(_ parts: NotificationParts) async throws(Refusal) -> LeadStart {
        let dialects = parts.dialects
        return try await parts.database.query(parts.context()) { reader throws(Refusal) in
            try LeadStart(dialects, reader)
        }
    }

    private init(_ dialects: SubscriptionDialects, _ reader: any Reader) throws(Refusal) {
        head = try reader.cursor(DeliveryLedger.consumer)
        catalogue = try .load(at: head, dialects, reader)
        if catalogue.isEmpty {
            // Nobody listened from here to the first subscription.
            let first = try ChangeLog.committed(after: head, types: SubscriptionEvents.all, in: reader).first
            let quiet: LogPosition
            if let first { quiet = first.position.before } else { quiet = try ChangeLog.end(in: reader) }
            head = max(head, quiet)
        }
        states = [:]
        for row in try reader.rows("SELECT * FROM context_subscription_states") {
            let key = SubscriptionKey(space: row.text("space"), id: row.text("subscription"))
            states[key] = StateRow.decode(row)
        }
        held = try reader.rows("SELECT * FROM context_held").map(HeldEntity.init(row:))
        lags = [:]
        for position in try Self.positions(reader) where position.value < head {
            let then = try SubscriptionCatalogue.load(at: position.value, dialects, reader)
            let own = then.filter { DeliveryLedger.consumer($0.endpoint.uri) == position.key }
            if let uri = own.subscriptions.values.first?.endpoint.uri { lags[uri] = (position.value, own) }
        }
    }

    private static func positions(_ reader: any Reader) throws(Refusal) -> [String: LogPosition] {
        let rows = try reader.rows(
            "SELECT consumer, txid, seq FROM cursors WHERE consumer LIKE ?", [.text(DeliveryLedger.consumer + "/%")])
        return rows.reduce(into: [:]) {
            $0[$1.text("consumer")] = LogPosition(transaction: $1.int64("txid"), sequence: $1.int64("seq"))
        }
    }
}
