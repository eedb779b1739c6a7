import Storage

extension EntityStore {
    /// Items in one transaction at most, so that others do not wait long.
    static let batchBlock = 100

    /// Does many things to entities of one space, each by itself: what is refused of one leaves the others as they are.
    ///
    /// Answers come in the order of the items. Items of one id are done in their order. Every item is decided before
    /// anything of its block is written. Refuses as a whole only where nothing can be done, such as with `forbidden` for
    /// the space; what earlier blocks wrote stays.
    public func batch(
        _ context: OperationContext, space: String = "area", _ items: [BatchItem]
    ) async throws(Refusal) -> [Result<BatchOutcome, Refusal>] {
        var outcomes: [Result<BatchOutcome, Refusal>] = []
        outcomes.reserveCapacity(items.count)
        let prepared = items.map { PreparedItem($0, space: space) }
        for start in stride(from: 0, to: prepared.count, by: Self.batchBlock) {
            let block = Array(prepared[start..<min(start + Self.batchBlock, prepared.count)])
            outcomes += try await changing(context, space) { transaction throws(Refusal) in
                var run = try BatchRun(block, space: space, transaction)
                return try run.outcomes()
            }
        }
        return outcomes
    }
}

/// An item checked, with its index rows computed, outside the transaction.
private struct PreparedItem: Sendable {
    enum Work: Sendable {
        case create(PreparedEntity)
        case upsert(PreparedEntity, whole: Bool)
        case edit(EntityEditing)
        case delete
        case refused(Refusal)
    }

    let id: String
    let work: Work

    init(_ item: BatchItem, space: String) {
        id = item.id
        do throws(Refusal) {
            switch item {
            case .create(let write): work = .create(try Self.prepared(write, space))
            case .upsert(let write, let whole): work = .upsert(try Self.prepared(write, space), whole: whole)
            case .edit(_, let edit): work = .edit(edit)
            case .delete: work = .delete
            }
        } catch { work = .refused(error) }
    }

    private static func prepared(_ write: EntityWrite, _ space: String) throws(Refusal) -> PreparedEntity {
        var write = write
        write.space = space
        return try PreparedEntity(checking: write)
    }
}

/// One block of a batch in its transaction.
private struct BatchRun {
    private let items: [PreparedItem]
    private let space: SpaceDecision
    private let writer: EntityWriter
    private let sight: Sight
    private let rules: VisibilityRules
    /// Entities as the items so far leave them.
    private var current: [String: StoredEntity]
    private var plans: [EntityPlan] = []
    private var now: Instant { writer.transaction.context.now }

    init(_ items: [PreparedItem], space: String, _ transaction: any Transaction) throws(Refusal) {
        self.items = items
        self.space = try Spaces(transaction).decide(space)
        writer = EntityWriter(transaction: transaction)
        sight = Sight(transaction.context)
        rules = try VisibilityRules(space: space, transaction)
        current = try EntityLookup(transaction).entities(space: space, ids: Array(Set(items.map(\.id))))
    }

    mutating func outcomes() throws(Refusal) -> [Result<BatchOutcome, Refusal>] {
        var outcomes: [Result<BatchOutcome, Refusal>] = []
        for item in items {
            do throws(Refusal) { outcomes.append(.success(try decide(item))) } catch {
                // What the database itself refuses spoils all.
                if error.code == .storage || error.code == .unavailable { throw error }
                outcomes.append(.failure(error))
            }
        }
        guard !plans.isEmpty else { return outcomes }
        try space.apply(writer.transaction)
        try writer.write(plans)
        return outcomes
    }

    private mutating func decide(_ item: PreparedItem) throws(Refusal) -> BatchOutcome {
        switch item.work {
        case .refused(let refusal): throw refusal
        case .create(let prepared):
            if let old = current[item.id], !old.isExpired(at: now) { throw .taken(item.id) }
            return try create(prepared)
        case .upsert(let prepared, let whole):
            guard let old = current[item.id], !old.isExpired(at: now) else { return try create(prepared) }
            try old.requireOwner(writer.transaction.context.actor)
            return update(old, whole ? old.replaced(by: prepared, now: now) : old.merged(with: prepared, now: now))
        case .edit(let edit):
            let old = try mine(item.id)
            return update(old, try old.edited(edit, now: now))
        case .delete:
            let old = try mine(item.id)
            plans.append(.remove(old))
            current[item.id] = nil
            return .deleted(old)
        }
    }

    private mutating func create(_ prepared: PreparedEntity) throws(Refusal) -> BatchOutcome {
        let id = prepared.write.entity.id
        if let expired = current[id] { plans.append(.remove(expired)) }
        let prepared = rules.applied(to: [prepared])[0]
        let entity = try writer.new(prepared)
        plans.append(.insert(entity, prepared))
        current[id] = entity
        return .created(entity)
    }

    private mutating func update(_ old: StoredEntity, _ update: EntityUpdate?) -> BatchOutcome {
        guard let update else { return .unchanged(old) }
        plans.append(.update(update))
        current[old.id] = update.new
        return .changed(update.new, changed: update.names)
    }

    private func mine(_ id: String) throws(Refusal) -> StoredEntity {
        guard let entity = current[id], sight.covers(entity) else { throw .noEntity(id) }
        try entity.requireOwner(writer.transaction.context.actor)
        return entity
    }
}
