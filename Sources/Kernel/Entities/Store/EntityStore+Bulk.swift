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
        let plans = try Self.plan(entities, over: stored, transaction.context)
        guard plans.contains(where: { !$0.isUnchanged }) else { return plans.map(\.outcome) }
        try decision.apply(transaction)
        let writer = EntityWriter(transaction: transaction)
        _ = try writer.insert(plans.compactMap { if case .create(let entity) = $0 { entity } else { nil } })
        for case .update(let old, let new, let changes) in plans { try writer.update(old, to: new, changes) }
        versions.bump(space)
        return plans.map(\.outcome)
    }

    private static func plan(
        _ entities: [PreparedEntity], over stored: [String: StoredEntity], _ context: OperationContext
    ) throws(Refusal) -> [UpsertPlan] {
        var plans: [UpsertPlan] = []
        var seen: Set<String> = []
        for entity in entities {
            let id = entity.write.entity.id
            guard entity.write.space == entities[0].write.space, seen.insert(id).inserted else {
                throw Refusal(.invalid, "The id '\(id)' comes twice in one batch, or the batch mixes spaces.")
            }
            guard let old = stored[id] else {
                plans.append(.create(entity))
                continue
            }
            guard context.actor.isUnrestricted || context.actor.tenant == old.owner else {
                throw Refusal(.forbidden, "The entity '\(id)' belongs to \(old.owner); only its owner may change it.")
            }
            plans.append(UpsertPlan(replacing: old, with: entity, now: context.now))
        }
        return plans
    }

    /// Deletes entities inside the caller's transaction (the undo of an import); ids that are not there are passed over.
    /// Refuses with `forbidden` if one is another body's.
    public func delete(ids: [String], space: String = "area", in transaction: any Transaction) throws(Refusal) {
        let stored = try EntityLookup(transaction).entities(space: space, ids: ids)
        let actor = transaction.context.actor
        for entity in stored.values where !actor.isUnrestricted && actor.tenant != entity.owner {
            throw Refusal(.forbidden, "The entity '\(entity.id)' belongs to \(entity.owner).")
        }
        let writer = EntityWriter(transaction: transaction)
        for id in ids { if let entity = stored[id] { try writer.remove(entity) } }
        if !stored.isEmpty { versions.bump(space) }
    }
}

/// What is to be done with one entity of a batch.
private enum UpsertPlan {
    case create(PreparedEntity)
    case update(StoredEntity, StoredEntity, [AttributeChange])
    case unchanged

    init(replacing old: StoredEntity, with prepared: PreparedEntity, now: Instant) {
        var new = StoredEntity(prepared, number: old.number, now: now)
        new.createdAt = old.createdAt
        new.version = old.version
        new.attributeTimes = old.attributeTimes
        if old.document == new.document, old.meta == new.meta {
            self = .unchanged
            return
        }
        let changes = AttributeChange.between(old.attributes, prepared.write.entity.attributes)
        new.touch(changes, now: now)
        self = .update(old, new, changes)
    }

    var isUnchanged: Bool { outcome == .unchanged }

    var outcome: WriteOutcome {
        switch self {
        case .create: .created
        case .update: .updated
        case .unchanged: .unchanged
        }
    }
}
