import JSON
import Storage

/// Writes entities inside a transaction: the row, the index rows of what changed, and one row of the change log each.
///
/// Nothing here refuses after it has written: whoever calls has decided before.
struct EntityWriter {
    let transaction: any Transaction

    /// As it is stored, even if it has expired.
    func load(space: String, id: String) throws(Refusal) -> StoredEntity? {
        try transaction.get(EntityRow.key(space: space, id: id)).map(EntityRow.decode)
    }

    /// New entities with their numbers, to be written.
    func new(_ prepared: PreparedEntity) throws(Refusal) -> StoredEntity {
        StoredEntity(
            prepared, number: try transaction.nextNumber(EntitySchema.numbers), now: transaction.context.now)
    }

    /// Puts a new state in an old one's place.
    func update(
        _ old: StoredEntity, to new: StoredEntity, _ changes: [AttributeChange],
        as event: EventType = EntityEvents.updated, extra: [UInt8] = []
    ) throws(Refusal) {
        try write([.update(EntityUpdate(old: old, new: new, changes: changes, event: event, extra: extra))])
    }

    /// Writes in order. What concerns different entities is written together.
    func write(_ plans: [EntityPlan]) throws(Refusal) {
        var start = plans.startIndex
        while start < plans.endIndex {
            var ids: Set<String> = []
            let end = plans[start...].firstIndex { !ids.insert($0.id).inserted } ?? plans.endIndex
            var statements = EntityStatements()
            for plan in plans[start..<end] { add(plan, to: &statements) }
            try statements.run(in: transaction)
            start = end
        }
    }

    private func add(_ plan: EntityPlan, to statements: inout EntityStatements) {
        switch plan {
        case .insert(let entity, let prepared): statements.insert(entity, prepared)
        case .update(let update): statements.update(update)
        case .remove(let entity): statements.remove(entity, now: transaction.context.now)
        }
    }
}

extension EntityStatements {
    fileprivate mutating func insert(_ entity: StoredEntity, _ prepared: PreparedEntity) {
        add(.insertEntity, EntityRow.insertion(entity))
        for row in EntityRow.typeInsertions(entity) { add(.insertType, row) }
        for value in prepared.values { insert(value, entity) }
        for scope in entity.scopes { add(.insertScope, EntityRow.scope(scope, entity)) }
        if let expiry = entity.nextExpiry { add(.insertExpiry, EntityRow.expiry(expiry, entity)) }
        if let box = prepared.box { put(entity.number, box) }
        record(
            Change(
                EntityEvents.created, space: entity.space, key: entity.id,
                after: EntityChangeSide.bytes(entity, attributes: prepared.document.attributes)))
    }

    fileprivate mutating func update(_ update: EntityUpdate) {
        let (old, new) = (update.old, update.new)
        if old.hasSameRowFacts(as: new) {
            add(.updateState, EntityRow.updatingState(new))
        } else {
            add(.updateEntity, EntityRow.updating(new))
        }
        updateValues(update)
        if old.typeRowFacts != new.typeRowFacts || old.expiresAt != new.expiresAt {
            for row in EntityRow.typeDeletions(old) { add(.deleteType, row) }
            for row in EntityRow.typeInsertions(new) { add(.insertType, row) }
        }
        if old.scopes != new.scopes {
            for scope in old.scopes where !new.scopes.contains(scope) { add(.deleteScope, EntityRow.scope(scope, old)) }
            for scope in new.scopes where !old.scopes.contains(scope) { add(.insertScope, EntityRow.scope(scope, new)) }
        }
        if old.nextExpiry != new.nextExpiry {
            if let expiry = old.nextExpiry { add(.deleteExpiry, EntityRow.expiryKey(expiry, old)) }
            if let expiry = new.nextExpiry { add(.insertExpiry, EntityRow.expiry(expiry, new)) }
        }
        if update.changes.contains(where: \.touchesGeometry) {
            put(new.number, EntityBox.box(of: new.attributes))
        }
        record(update.change)
    }

    private mutating func updateValues(_ update: EntityUpdate) {
        let (old, new) = (update.old, update.new)
        if old.types != new.types {
            for value in old.indexedValues { remove(value, old) }
            for value in new.indexedValues { insert(value, new) }
            return
        }
        for change in update.changes {
            let (was, becomes) = (change.oldValues, change.newValues)
            for value in was where !becomes.contains(value) { remove(value, old) }
            for value in becomes where !was.contains(value) { insert(value, new) }
        }
    }

    /// Leaves a tombstone, by which the history can be read until it is purged.
    fileprivate mutating func remove(_ entity: StoredEntity, now: Instant) {
        add(.deleteEntity, [.text(entity.space), .text(entity.id)])
        for row in EntityRow.typeDeletions(entity) { add(.deleteType, row) }
        for value in entity.indexedValues { remove(value, entity) }
        for scope in entity.scopes { add(.deleteScope, EntityRow.scope(scope, entity)) }
        if let expiry = entity.nextExpiry { add(.deleteExpiry, EntityRow.expiryKey(expiry, entity)) }
        put(entity.number, nil)
        add(.insertTombstone, EntityRow.tombstone(entity, now: now))
        record(
            Change(
                EntityEvents.deleted, space: entity.space, key: entity.id,
                before: EntityChangeSide.bytes(entity, entity.attributes.members.map { ($0.name, $0.value.bytes) })))
    }

    private mutating func insert(_ value: IndexedValue, _ entity: StoredEntity) {
        for type in entity.types { add(value.insertion, value.row(type, entity)) }
    }

    private mutating func remove(_ value: IndexedValue, _ entity: StoredEntity) {
        for type in entity.types { add(value.deletion, value.row(type, entity)) }
    }
}

extension IndexedValue {
    fileprivate var insertion: EntityStatement {
        switch value {
        case .number: .insertNumber
        case .text: .insertText
        case .instant: .insertInstant
        }
    }

    fileprivate var deletion: EntityStatement {
        switch value {
        case .number: .deleteNumber
        case .text: .deleteText
        case .instant: .deleteInstant
        }
    }

    fileprivate func row(_ type: String, _ entity: StoredEntity) -> [SQLValue] {
        [.text(entity.space), .text(type), .text(attribute), sql, .int64(entity.number)]
    }
}

extension EntityUpdate {
    /// The row of the change log. If what the entity is counted by changes, all attributes stand in it.
    fileprivate var change: Change {
        let others =
            old.meta == new.meta ? [] : AttributeChange.unchanged(in: new, besides: changes)
        let all = changes + others
        let before = all.compactMap { change in change.oldText.map { (change.name, $0) } }
        let after = all.compactMap { change in change.newText.map { (change.name, $0) } }
        return Change(
            event, space: new.space, key: new.id, before: EntityChangeSide.bytes(old, before),
            after: EntityChangeSide.bytes(new, after, extra: extra))
    }
}
