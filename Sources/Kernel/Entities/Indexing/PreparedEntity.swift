import JSON
import Storage

/// An entity checked and with its index rows computed.
public struct PreparedEntity: Sendable {
    public internal(set) var write: EntityWrite
    let document: EntityDocument
    let values: Set<IndexedValue>
    let box: GeoIndex.Box?
    /// When the first of its attributes expires.
    let attributesExpireAt: Instant?

    /// Refuses with `invalid`, with a fault for each thing that is wrong.
    package init(checking write: EntityWrite) throws(Refusal) {
        var write = write
        write.entity.attributes = try EntityChecker.check(write.entity, write.naming)
        self.init(checked: write)
    }

    init(checked write: EntityWrite) {
        self.write = write
        document = EntityDocument(write.entity)
        values = write.entity.attributes.members.reduce(into: []) {
            $0.formUnion(IndexedValue.values(of: $1.name, $1.value))
        }
        box = EntityBox.box(of: write.entity.attributes)
        attributesExpireAt = AttributeExpiry.first(in: write.entity.attributes)
    }
}
