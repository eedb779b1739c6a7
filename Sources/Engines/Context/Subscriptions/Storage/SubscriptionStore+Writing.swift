import Entities
import JSON
import Storage

/// Writes of one subscription, each with its row in the change log.
extension SubscriptionStore {
    /// Refuses with `invalid` what its protocol cannot read, and with `alreadyExists` if the space has the id.
    public func create(_ context: OperationContext, _ record: SubscriptionRecord) async throws(Refusal) {
        _ = try dialects.read(record)
        try await database.write(context) { transaction throws(Refusal) in
            if try transaction.get(SubscriptionRow.key(record.key)) != nil {
                throw Refusal(.alreadyExists, "There is a subscription with the id '\(record.key.id)' already.")
            }
            try EntityStore.requireSpace(record.key.space, in: transaction)
            try transaction.execute(SubscriptionRow.insert, SubscriptionRow.insertion(record))
            try transaction.record(
                Change(
                    SubscriptionEvents.created, space: record.key.space, key: record.key.id, after: record.bytes))
        }
    }

    /// Changes what `change` changes of a record: source, names, activity, expiry. It may run more than once.
    /// Refuses with `notFound`, and with `invalid` what its protocol cannot read then.
    @discardableResult
    public func update(
        _ context: OperationContext, _ key: SubscriptionKey, _ dialect: SubscriptionProtocol,
        _ change: @escaping @Sendable (inout SubscriptionRecord) throws(Refusal) -> Void
    ) async throws(Refusal) -> SubscriptionRecord {
        let dialects = dialects
        return try await database.write(context) { transaction throws(Refusal) in
            let old = try Self.mine(key, dialect, transaction)
            var new = old
            try change(&new)
            new.version = old.version + 1
            new.modifiedAt = transaction.context.now
            _ = try dialects.read(new)
            try Self.put(new, over: old, transaction)
            return new
        }
    }

    /// Deletes a subscription; what is under way is still sent. Refuses with `notFound`.
    public func delete(
        _ context: OperationContext, _ key: SubscriptionKey, _ dialect: SubscriptionProtocol
    ) async throws(Refusal) {
        try await database.write(context) { transaction throws(Refusal) in
            let old = try Self.mine(key, dialect, transaction)
            let arguments: [SQLValue] = [.text(key.space), .text(key.id)]
            try transaction.execute("DELETE FROM context_subscriptions WHERE space = ? AND id = ?", arguments)
            for table in ["context_subscription_states", "context_held", "context_parked"] {
                try transaction.execute("DELETE FROM \(table) WHERE space = ? AND subscription = ?", arguments)
            }
            try transaction.record(
                Change(SubscriptionEvents.deleted, space: key.space, key: key.id, before: old.bytes))
        }
    }

    /// The subscription if the actor may change it. All refusals come from here.
    private static func mine(
        _ key: SubscriptionKey, _ dialect: SubscriptionProtocol, _ transaction: any Transaction
    ) throws(Refusal) -> SubscriptionRecord {
        guard let row = try transaction.get(SubscriptionRow.key(key)) else { throw .noSubscription(key) }
        let record = try SubscriptionRow.decode(row)
        guard record.dialect == dialect, record.isVisible(to: transaction.context.actor) else {
            throw .noSubscription(key)
        }
        return record
    }

    static func put(
        _ new: SubscriptionRecord, over old: SubscriptionRecord, _ transaction: any Transaction
    ) throws(Refusal) {
        try transaction.execute(SubscriptionRow.update, SubscriptionRow.updating(new))
        try transaction.record(
            Change(
                SubscriptionEvents.updated, space: new.key.space, key: new.key.id, before: old.bytes,
                after: new.bytes))
    }
}

extension Refusal {
    static func noSubscription(_ key: SubscriptionKey) -> Refusal {
        Refusal(.notFound, "There is no subscription with the id '\(key.id)'.")
    }
}
