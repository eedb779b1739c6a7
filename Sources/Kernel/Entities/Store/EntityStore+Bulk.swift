import JSON
import Storage

/// Writes of many entities inside the caller's transaction: imports, connectors, registers.
extension EntityStore {
    /// Checks the entity and computes its index rows, outside any transaction.
    public func prepare(_ write: EntityWrite) throws(Refusal) -> PreparedEntity {
        try PreparedEntity(checking: write)
    }

    /// Creates or replaces entities inside the caller's transaction; what is equal to what is stored writes nothing. All
    /// of them are of one space, and no id comes twice. Refuses with `forbidden` if one is another body's.
    public func upsert(_ entities: [PreparedEntity], in transaction: any Transaction) throws(Refusal) -> [WriteOutcome]
    {
        guard let space = entities.first?.write.space else { return [] }
        let decision = try Spaces(transaction).decide(space)
        let stored = try EntityLookup(transaction).entities(space: space, ids: entities.map(\.write.entity.id))
        let entities = try VisibilityRules(space: space, transaction).applied(to: entities)
        try Self.check(entities, over: stored, transaction.context.actor)
        let writer = EntityWriter(transaction: transaction)
        var (plans, outcomes): ([EntityPlan], [WriteOutcome]) = ([], [])
        for entity in entities {
            outcomes.append(try writer.plan(entity, over: stored[entity.write.entity.id], &plans))
        }
        guard !plans.isEmpty else { return outcomes }
        try decision.apply(transaction)
        try writer.write(plans)
        versions.bump(space)
        return outcomes
    }

    private static func check(
        _ entities: [PreparedEntity], over stored: [String: StoredEntity], _ actor: Actor
    ) throws(Refusal) {
        var seen: Set<String> = []
        for entity in entities {
            let id = entity.write.entity.id
            guard entity.write.space == entities[0].write.space, seen.insert(id).inserted else {
                throw Refusal(.invalid, "The id '\(id)' comes twice in one batch, or the batch mixes spaces.")
            }
            try stored[id]?.requireOwner(actor)
        }
    }

    /// Deletes entities inside the caller's transaction (the undo of an import); ids that are not there are passed over.
    /// Refuses with `forbidden` if one is another body's.
    public func delete(ids: [String], space: String = "area", in transaction: any Transaction) throws(Refusal) {
        let stored = try EntityLookup(transaction).entities(space: space, ids: ids)
        for entity in stored.values { try entity.requireOwner(transaction.context.actor) }
        try EntityWriter(transaction: transaction).write(
            Set(ids).sorted().compactMap { stored[$0].map { .remove($0) } })
        if !stored.isEmpty { versions.bump(space) }
    }
}

extension EntityWriter {
    /// What creating or replacing one entity takes, with owner, visibility and provenance as they are given.
    fileprivate func plan(
        _ prepared: PreparedEntity, over old: StoredEntity?, _ plans: inout [EntityPlan]
    ) throws(Refusal) -> WriteOutcome {
        let now = transaction.context.now
        guard let old, !old.isExpired(at: now) else {
            if let old { plans.append(.remove(old)) }
            plans.append(.insert(try new(prepared), prepared))
            return .created
        }
        var new = StoredEntity(prepared, number: old.number, now: now)
        if old.document == new.document, old.meta == new.meta { return .unchanged }
        (new.createdAt, new.version, new.attributeTimes) = (old.createdAt, old.version, old.attributeTimes)
        let changes = AttributeChange.between(old.attributes, prepared.write.entity.attributes)
        new.touch(changes, now: now)
        plans.append(.update(EntityUpdate(old: old, new: new, changes: changes)))
        return .updated
    }
}
