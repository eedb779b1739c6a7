import Entities
import Logging
import Storage

/// The subscriptions as they were at one place of the change log. A value: a reader that follows the log moves its own.
struct SubscriptionCatalogue: Sendable {
    private(set) var subscriptions: [SubscriptionKey: Subscription] = [:]
    private var index = SubscriptionIndex()

    var isEmpty: Bool { subscriptions.isEmpty }

    func candidates(_ change: EntityChangeView) -> [Subscription] {
        index.candidates(change).compactMap { subscriptions[$0] }
    }

    mutating func put(_ subscription: Subscription) {
        remove(subscription.key)
        subscriptions[subscription.key] = subscription
        // Those that are sent by the clock alone follow no change.
        if subscription.timeInterval == nil { index.insert(subscription) }
    }

    mutating func remove(_ key: SubscriptionKey) {
        guard let old = subscriptions.removeValue(forKey: key) else { return }
        if old.timeInterval == nil { index.remove(old) }
    }

    /// Only those that `isWanted` picks.
    func filter(_ isWanted: (Subscription) -> Bool) -> SubscriptionCatalogue {
        subscriptions.values.filter(isWanted).reduce(into: SubscriptionCatalogue()) { $0.put($1) }
    }
}

extension SubscriptionCatalogue {
    /// Follows one row of the log. What cannot be read any more is left out and told in the log of the server.
    mutating func apply(_ record: ChangeRecord, _ dialects: SubscriptionDialects, _ logger: Logger) {
        if let after = record.change.after {
            put(after, dialects, logger)
        } else {
            remove(SubscriptionKey(space: record.change.space, id: record.change.key))
        }
    }

    private mutating func put(_ bytes: [UInt8], _ dialects: SubscriptionDialects, _ logger: Logger) {
        guard let record = SubscriptionRecord(parsing: bytes) else { return }
        remove(record.key)
        guard let subscription = Self.read(record, dialects, logger) else { return }
        put(subscription)
    }

    private static func read(
        _ record: SubscriptionRecord, _ dialects: SubscriptionDialects, _ logger: Logger
    ) -> Subscription? {
        do {
            return try dialects.read(record)
        } catch {
            logger.warning(
                "a subscription cannot be read", metadata: ["id": "\(record.key.id)", "error": "\(error)"])
            return nil
        }
    }

    /// The subscriptions as they were at a place of the log: what the table holds, with what was done after the place
    /// undone.
    static func load(
        at position: LogPosition, _ dialects: SubscriptionDialects, _ reader: any Reader
    ) throws(Refusal) -> SubscriptionCatalogue {
        var records: [SubscriptionKey: SubscriptionRecord] = [:]
        for row in try reader.rows("SELECT * FROM context_subscriptions") {
            let record = try SubscriptionRow.decode(row)
            records[record.key] = record
        }
        let later = try ChangeLog.committed(after: position, types: SubscriptionEvents.all, in: reader)
        for record in later.reversed() {
            let key = SubscriptionKey(space: record.change.space, id: record.change.key)
            records[key] = SubscriptionRecord(parsing: record.change.before)
        }
        var catalogue = SubscriptionCatalogue()
        for record in records.values {
            if let subscription = read(record, dialects, reader.context.logger) { catalogue.put(subscription) }
        }
        return catalogue
    }
}
