import JSON
import Storage

extension EntityStore {
    /// Takes away all that a query finds, or attributes of it (ETSI GS CIM 009 clause 5.6.21), block by block; order,
    /// limit and offset of the query count for nothing. What the actor may not change is passed over.
    ///
    /// - Returns: how many entities were deleted or changed.
    public func purge(
        _ context: OperationContext, _ query: EntityQuery, _ what: EntityPurge = .entities
    ) async throws(Refusal) -> Int {
        let matcher = try EntityMatcher(query)
        var (count, last) = (0, "")
        while true {
            let after = last
            let block = try await database.query(context) { reader throws(Refusal) in
                try EntityBlock(query, after: after, size: Self.batchBlock, reader)
            }
            let ids = block.matches.map(\.id)
            count += try await changing(context, query.space) { transaction throws(Refusal) in
                try Purge(space: query.space, matcher: matcher, what: what, transaction).apply(ids)
            }
            guard let next = block.last else { return count }
            last = next
        }
    }
}

/// Takes entities away in one transaction, if they still match.
private struct Purge {
    private let space: String
    private let matcher: EntityMatcher
    private let what: EntityPurge
    private let transaction: any Transaction

    init(space: String, matcher: EntityMatcher, what: EntityPurge, _ transaction: any Transaction) {
        (self.space, self.matcher, self.what, self.transaction) = (space, matcher, what, transaction)
    }

    func apply(_ ids: [String]) throws(Refusal) -> Int {
        let stored = try EntityLookup(transaction).entities(space: space, ids: ids)
        let (actor, sight) = (transaction.context.actor, Sight(transaction.context))
        var plans: [EntityPlan] = []
        for id in ids {
            guard let entity = stored[id], sight.covers(entity), matcher.matches(entity),
                actor.isUnrestricted || actor.tenant == entity.owner
            else { continue }
            if let plan = try plan(entity) { plans.append(plan) }
        }
        try EntityWriter(transaction: transaction).write(plans)
        return plans.count
    }

    private func plan(_ entity: StoredEntity) throws(Refusal) -> EntityPlan? {
        let names: [String]
        switch what {
        case .entities: return .remove(entity)
        case .attributes(let dropped): names = dropped
        case .allAttributes(let kept): names = entity.attributes.names.filter { !kept.contains($0) }
        }
        let edit = EntityEdit(attributes: names.map { ($0, nil) })
        return try entity.edited({ _ in edit }, now: transaction.context.now).map { .update($0) }
    }
}
