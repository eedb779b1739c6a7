import JSON
import Storage

extension StoredEntity {
    init(_ prepared: PreparedEntity, number: Int64, now: Instant) {
        let write = prepared.write
        self.init(
            number: number, space: write.space, id: write.entity.id, types: write.entity.types,
            document: prepared.document.bytes, owner: write.owner, visibility: write.visibility,
            municipality: write.municipality, provenance: write.provenance, createdAt: now, modifiedAt: now, version: 1,
            scopes: write.entity.scopes, expiresAt: write.entity.expiresAt)
        attributesExpireAt = prepared.attributesExpireAt
    }

    /// The document's attributes as a tree; empty if the document cannot be read.
    public var attributes: JSONObject {
        guard let object = try? JSON(parsing: document).objectValue else { return JSONObject() }
        return JSONObject(uniqueMembers: object.members.filter { !EntityDocument.headNames.contains($0.name) })
    }

    var indexedValues: Set<IndexedValue> {
        attributes.members.reduce(into: []) { $0.formUnion(IndexedValue.values(of: $1.name, $1.value)) }
    }

    var typeRowFacts: [String?] { types + [nil, owner.rawValue, visibility.rawValue, municipality] }

    /// Whether only what changes with every update differs.
    func hasSameRowFacts(as other: StoredEntity) -> Bool {
        meta == other.meta && scopes == other.scopes && expiresAt == other.expiresAt
    }

    /// The entity with attributes laid over its own, and what that changes; nil if it changes nothing.
    func applying(
        _ attributes: JSONObject, appends: Bool, overwrites: Bool = true, now: Instant
    ) -> (StoredEntity, [AttributeChange])? {
        applying(now: now) { tape in
            attributes.members.compactMap { member in
                let old = tape.root[member.name]
                guard old == nil ? appends : overwrites else { return nil }
                let tree = old?.value
                return AttributeChange(
                    name: member.name, old: tree, new: AttributeInstances.merged(tree, with: member.value),
                    oldText: old.map { Array($0.rawBytes) })
            }
        }
    }

    /// The entity with what `changes` makes of its document; nil if that changes nothing. What has expired by `now` is
    /// not shown to `changes`, and goes.
    func applying(
        now: Instant, _ changes: (JSONTape) -> [AttributeChange]
    ) -> (StoredEntity, [AttributeChange])? {
        applying(head: EntityHead(self), now: now, changes)
    }

    /// With other types, scopes or end as well.
    func applying(
        head: EntityHead, now: Instant, _ changes: (JSONTape) -> [AttributeChange]
    ) -> (StoredEntity, [AttributeChange])? {
        guard let tape = try? JSONTape(parsing: document) else { return nil }
        var all: [AttributeChange]
        if let first = attributesExpireAt, first <= now {
            all = withExpired(seen(at: now).flatMap { try? JSONTape(parsing: $0.document) }.map(changes) ?? [], now)
        } else {
            all = changes(tape)
        }
        all.removeAll(where: \.isNone)
        let isHeadChanged = head != EntityHead(self)
        if all.isEmpty, !isHeadChanged { return nil }
        var entity = self
        (entity.types, entity.scopes, entity.expiresAt) = (head.types, head.scopes, head.expiresAt)
        entity.document = EntityDocument.splicing(
            tape, all.map { ($0.name, $0.newText) }, newHeadOf: isHeadChanged ? entity : nil)
        entity.touch(all, now: now)
        return (entity, all)
    }

    /// What is changed, together with what has expired.
    private func withExpired(_ changes: [AttributeChange], _ now: Instant) -> [AttributeChange] {
        let attributes = attributes
        var all = changes
        for (name, left) in AttributeExpiry.ended(in: attributes, at: now) {
            let old = attributes[name]
            if let index = all.firstIndex(where: { $0.name == name }) {
                all[index] = AttributeChange(name: name, old: old, new: all[index].new)
            } else {
                all.append(AttributeChange(name: name, old: old, new: left))
            }
        }
        return all
    }

    mutating func touch(_ changes: [AttributeChange], now: Instant) {
        var times = AttributeTimes(attributeTimes)
        for change in changes {
            if change.new == nil {
                times.remove(change.name)
            } else {
                times.change(change.name, isNew: change.old == nil, entityCreated: createdAt, now: now)
            }
        }
        attributeTimes = times.bytes
        if attributesExpireAt != nil || changes.contains(where: \.touchesExpiry) {
            attributesExpireAt = AttributeExpiry.first(in: attributes)
        }
        modifiedAt = now
        version += 1
    }
}

/// What stands before the attributes in a document and may change.
struct EntityHead: Equatable {
    var types: [String]
    var scopes: [String]
    var expiresAt: Instant?

    init(_ entity: StoredEntity) {
        (types, scopes, expiresAt) = (entity.types, entity.scopes, entity.expiresAt)
    }

    init(_ entity: Entity) {
        (types, scopes, expiresAt) = (entity.types, entity.scopes, entity.expiresAt)
    }
}
