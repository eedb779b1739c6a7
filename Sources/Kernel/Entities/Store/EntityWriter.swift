import JSON
import Storage

/// Writes entities inside a transaction: the row, the index rows of what changed, and one row of the change log.
///
/// Nothing here refuses after it has written: whoever calls has decided before.
struct EntityWriter {
    let transaction: any Transaction

    func load(space: String, id: String) throws(Refusal) -> StoredEntity? {
        try transaction.get(EntityRow.key(space: space, id: id)).map(EntityRow.decode)
    }

    func insert(_ prepared: [PreparedEntity]) throws(Refusal) -> [StoredEntity] {
        if prepared.isEmpty { return [] }
        let now = transaction.context.now
        var entities: [StoredEntity] = []
        for entity in prepared { entities.append(StoredEntity(entity, number: try nextNumber(), now: now)) }
        try transaction.executeMany(EntityRow.insert, entities.map(EntityRow.insertion))
        try transaction.executeMany(EntityRow.insertType, entities.flatMap(EntityRow.typeInsertions))
        try ValueRows(transaction).insert(
            zip(entities, prepared).flatMap { ValueRows.rows(of: $0, $1.values) })
        try EntitySchema.geo.putMany(
            zip(entities, prepared).compactMap { entity, prepared in prepared.box.map { (entity.number, $0) } },
            in: transaction)
        for (entity, prepared) in zip(entities, prepared) {
            let attributes = prepared.write.entity.attributes.members.map { ($0.name, $0.value.bytes) }
            try transaction.record(
                Change(
                    EntityEvents.created, space: entity.space, key: entity.id,
                    after: EntityChangeSide.bytes(entity.meta, version: entity.version, attributes: attributes)))
        }
        return entities
    }

    private func nextNumber() throws(Refusal) -> Int64 { try transaction.nextNumber(EntitySchema.numbers) }

    /// Puts a new state in an old one's place. `changes` are the attributes that differ, by name, with what they were
    /// and what they become.
    func update(
        _ old: StoredEntity, to new: StoredEntity, _ changes: [AttributeChange],
        as event: EventType = EntityEvents.updated,
        extra: [UInt8] = []
    ) throws(Refusal) {
        try transaction.execute(EntityRow.update, EntityRow.updating(new))
        try updateIndexes(old, new, changes)
        let isMetaChanged = old.meta != new.meta
        let all = isMetaChanged ? AttributeChange.unchanged(in: new, besides: changes) : []
        let before = (changes + all).compactMap { change in change.old.map { (change.name, $0.bytes) } }
        let after = (changes + all).compactMap { change in change.new.map { (change.name, $0.bytes) } }
        try transaction.record(
            Change(
                event, space: new.space, key: new.id,
                before: EntityChangeSide.bytes(old.meta, version: old.version, attributes: before),
                after: EntityChangeSide.bytes(new.meta, version: new.version, attributes: after, extra: extra)))
    }

    private func updateIndexes(
        _ old: StoredEntity, _ new: StoredEntity, _ changes: [AttributeChange]
    ) throws(Refusal) {
        let values = ValueRows(transaction)
        if old.types != new.types {
            try values.remove(ValueRows.rows(of: old, old.indexedValues))
            try values.insert(ValueRows.rows(of: new, new.indexedValues))
        } else {
            let was = changes.reduce(into: Set<IndexedValue>()) { $0.formUnion($1.oldValues) }
            let becomes = changes.reduce(into: Set<IndexedValue>()) { $0.formUnion($1.newValues) }
            try values.remove(ValueRows.rows(of: old, was.subtracting(becomes)))
            try values.insert(ValueRows.rows(of: new, becomes.subtracting(was)))
        }
        if old.typeRowFacts != new.typeRowFacts {
            try removeTypeRows(of: old)
            try transaction.executeMany(EntityRow.insertType, EntityRow.typeInsertions(new))
        }
        if changes.contains(where: \.touchesGeometry) { try updateBox(of: new) }
    }

    private func updateBox(of entity: StoredEntity) throws(Refusal) {
        if let box = EntityBox.box(of: entity.attributes) {
            try EntitySchema.geo.put(entity.number, box, in: transaction)
        } else {
            try EntitySchema.geo.remove(entity.number, in: transaction)
        }
    }

    private func removeTypeRows(of entity: StoredEntity) throws(Refusal) {
        try transaction.executeMany(
            "DELETE FROM entity_types WHERE space = ? AND type = ? AND id = ?",
            entity.types.map { [.text(entity.space), .text($0), .text(entity.id)] })
    }

    /// Removes an entity and leaves a tombstone, by which its history can be read until it is purged.
    func remove(_ entity: StoredEntity) throws(Refusal) {
        try transaction.execute(
            "DELETE FROM entities WHERE space = ? AND id = ?", [.text(entity.space), .text(entity.id)])
        try removeTypeRows(of: entity)
        try ValueRows(transaction).remove(ValueRows.rows(of: entity, entity.indexedValues))
        try EntitySchema.geo.remove(entity.number, in: transaction)
        try transaction.execute(
            """
            INSERT INTO entity_tombstones (space, id, number, types, owner, visibility, deleted)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """,
            [
                .text(entity.space), .text(entity.id), .int64(entity.number),
                .text(entity.types.joined(separator: " ")), .text(entity.owner.rawValue),
                .text(entity.visibility.rawValue), .instant(transaction.context.now),
            ])
        let attributes = entity.attributes.members.map { ($0.name, $0.value.bytes) }
        try transaction.record(
            Change(
                EntityEvents.deleted, space: entity.space, key: entity.id,
                before: EntityChangeSide.bytes(entity.meta, version: entity.version, attributes: attributes)))
    }
}

extension StoredEntity {
    init(_ prepared: PreparedEntity, number: Int64, now: Instant) {
        let write = prepared.write
        self.init(
            number: number, space: write.space, id: write.entity.id, types: write.entity.types,
            document: prepared.document.bytes, owner: write.owner, visibility: write.visibility,
            municipality: write.municipality, provenance: write.provenance, createdAt: now, modifiedAt: now, version: 1)
    }

    /// The document's attributes as a tree; empty if the document cannot be read.
    public var attributes: JSONObject {
        guard let object = try? JSON(parsing: document).objectValue else { return JSONObject() }
        return JSONObject(uniqueMembers: object.members.filter { $0.name != "id" && $0.name != "type" })
    }

    var indexedValues: Set<IndexedValue> {
        attributes.members.reduce(into: []) { $0.formUnion(IndexedValue.values(of: $1.name, $1.value)) }
    }

    fileprivate var typeRowFacts: [String?] { types + [nil, owner.rawValue, visibility.rawValue, municipality] }
}
