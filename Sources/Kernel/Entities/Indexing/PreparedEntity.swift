import JSON
import Storage

/// An entity checked and with its index rows computed.
public struct PreparedEntity: Sendable {
    public internal(set) var write: EntityWrite
    let document: EntityDocument
    let values: Set<IndexedValue>
    let box: GeoIndex.Box?

    /// Refuses with `invalid`, with a fault for each thing that is wrong.
    package init(checking write: EntityWrite) throws(Refusal) {
        var write = write
        write.entity.attributes = try EntityChecker.check(write.entity)
        self.write = write
        document = EntityDocument(write.entity)
        values = write.entity.attributes.members.reduce(into: []) {
            $0.formUnion(IndexedValue.values(of: $1.name, $1.value))
        }
        box = EntityBox.box(of: write.entity.attributes)
    }
}

/// A document's text, put together from its parts so that unchanged ones are copied.
struct EntityDocument: Sendable {
    let bytes: [UInt8]

    init(_ entity: Entity) {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(512)
        bytes += Self.head(id: entity.id, types: entity.types)
        for member in entity.attributes.members {
            bytes.append(UInt8(ascii: ","))
            JSON.string(member.name).write(into: &bytes)
            bytes.append(UInt8(ascii: ":"))
            member.value.write(into: &bytes)
        }
        bytes.append(UInt8(ascii: "}"))
        self.bytes = bytes
    }

    /// `{"id":…,"type":…` without the closing brace.
    private static func head(id: String, types: [String]) -> [UInt8] {
        var bytes = Array(#"{"id":"#.utf8)
        JSON.string(id).write(into: &bytes)
        bytes += #","type":"#.utf8
        (types.count == 1 ? JSON.string(types[0]) : .array(types.map { .string($0) })).write(into: &bytes)
        return bytes
    }

    /// The text with some members replaced, appended, or (`nil`) left out; all others as they were.
    static func splicing(_ tape: JSONTape, _ changes: [(name: String, bytes: [UInt8]?)]) -> [UInt8] {
        var bytes: [UInt8] = [UInt8(ascii: "{")]
        bytes.reserveCapacity(tape.bytes.count + changes.reduce(0) { $0 + ($1.bytes?.count ?? 0) + 32 })
        var pending = changes
        for member in tape.root.members {
            guard let index = pending.firstIndex(where: { $0.name == member.name }) else {
                append(to: &bytes, tape.bytes[member.range])
                continue
            }
            if let new = pending.remove(at: index).bytes { append(to: &bytes, name: member.name, new) }
        }
        for change in pending {
            if let new = change.bytes { append(to: &bytes, name: change.name, new) }
        }
        bytes.append(UInt8(ascii: "}"))
        return bytes
    }

    private static func append(to bytes: inout [UInt8], _ member: ArraySlice<UInt8>) {
        if bytes.count > 1 { bytes.append(UInt8(ascii: ",")) }
        bytes += member
    }

    private static func append(to bytes: inout [UInt8], name: String, _ value: [UInt8]) {
        if bytes.count > 1 { bytes.append(UInt8(ascii: ",")) }
        JSON.string(name).write(into: &bytes)
        bytes.append(UInt8(ascii: ":"))
        bytes += value
    }
}
