import Platform
import Storage

extension EntityStore {
    /// Work of the store that runs by itself.
    public var jobs: [JobType] {
        [
            JobType(
                "entities.expire", "Removes entities and attributes whose time has ended", everySeconds: 5
            ) { context, _ in _ = try await removeExpired(context) }
        ]
    }

    /// Removes what has expired: each entity is deleted, or loses attributes, as if somebody had done it. Until then it
    /// was not seen any more.
    ///
    /// - Returns: how many entities went or changed.
    package func removeExpired(_ context: OperationContext) async throws(Refusal) -> Int {
        var count = 0
        while true {
            let block = try await database.query(context) { reader throws(Refusal) in
                try reader.rows(
                    "SELECT space, id FROM entity_expiries WHERE expires <= ? ORDER BY expires, number LIMIT ?",
                    [.instant(context.now), .int(Self.batchBlock)]
                ).map { (space: $0.text("space"), id: $0.text("id")) }
            }
            if block.isEmpty { return count }
            let before = count
            for (space, ids) in Dictionary(grouping: block, by: \.space).sorted(by: { $0.key < $1.key }) {
                count += try await changing(context, space) { transaction throws(Refusal) in
                    try Self.expire(ids.map(\.id), space, transaction)
                }
            }
            // Rows that lead to nothing must not be read for ever.
            if count == before { return count }
        }
    }

    private static func expire(
        _ ids: [String], _ space: String, _ transaction: any Transaction
    ) throws(Refusal) -> Int {
        let (stored, now) = (try EntityLookup(transaction).entities(space: space, ids: ids), transaction.context.now)
        var plans: [EntityPlan] = []
        for entity in stored.values.sorted(by: { $0.id < $1.id }) {
            if entity.isExpired(at: now) {
                plans.append(.remove(entity))
            } else if let (new, changes) = entity.applying(now: now, { _ in [] }) {
                plans.append(.update(EntityUpdate(old: entity, new: new, changes: changes)))
            }
        }
        try EntityWriter(transaction: transaction).write(plans)
        return plans.count
    }
}
