import JSON
import Storage

/// A document's text, put together from its parts so that unchanged ones are copied.
struct EntityDocument: Sendable {
    /// Members that are no attributes; they stand first, in this order.
    static let headNames: Set<String> = ["id", "type", "scope", "expiresAt"]

    let bytes: [UInt8]
    private let headEnd: Int

    init(_ entity: Entity) {
        var bytes = Self.head(entity.id, entity.types, entity.scopes, entity.expiresAt)
        headEnd = bytes.count
        for member in entity.attributes.members {
            Self.append(to: &bytes, name: member.name)
            member.value.write(into: &bytes)
        }
        bytes.append(UInt8(ascii: "}"))
        self.bytes = bytes
    }

    /// The attributes as they stand in the text, without braces.
    var attributes: ArraySlice<UInt8> {
        headEnd + 1 < bytes.count ? bytes[(headEnd + 1)..<(bytes.count - 1)] : []
    }

    /// `{"id":…,"type":…` without the closing brace.
    private static func head(
        _ id: String, _ types: [String], _ scopes: [String], _ expiresAt: Instant?
    ) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(1_024)
        bytes += #"{"id":"#.utf8
        JSON.string(id).write(into: &bytes)
        append(to: &bytes, name: "type")
        texts(types).write(into: &bytes)
        if !scopes.isEmpty {
            append(to: &bytes, name: "scope")
            texts(scopes).write(into: &bytes)
        }
        if let expiresAt {
            append(to: &bytes, name: "expiresAt")
            JSON.string(DateTime.text(expiresAt)).write(into: &bytes)
        }
        return bytes
    }

    private static func texts(_ texts: [String]) -> JSON {
        texts.count == 1 ? .string(texts[0]) : .array(texts.map { .string($0) })
    }

    /// The text with some attributes replaced, appended, or (`nil`) left out; all others as they were. The head is
    /// `entity`'s if it differs.
    static func splicing(
        _ tape: JSONTape, _ changes: [(name: String, bytes: [UInt8]?)], newHeadOf entity: StoredEntity? = nil
    ) -> [UInt8] {
        var bytes = entity.map { head($0.id, $0.types, $0.scopes, $0.expiresAt) } ?? [UInt8(ascii: "{")]
        bytes.reserveCapacity(tape.bytes.count + changes.reduce(0) { $0 + ($1.bytes?.count ?? 0) + 32 })
        var pending = changes
        for member in tape.root.members {
            if entity != nil, headNames.contains(member.name) { continue }
            guard let index = pending.firstIndex(where: { member.isNamed($0.name) }) else {
                if bytes.count > 1 { bytes.append(UInt8(ascii: ",")) }
                bytes += tape.bytes[member.range]
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

    private static func append(to bytes: inout [UInt8], name: String, _ value: [UInt8]) {
        append(to: &bytes, name: name)
        bytes += value
    }

    private static func append(to bytes: inout [UInt8], name: String) {
        if bytes.count > 1 { bytes.append(UInt8(ascii: ",")) }
        JSON.string(name).write(into: &bytes)
        bytes.append(UInt8(ascii: ":"))
    }
}

extension JSONTape.Element.Member {
    /// Whether the name is this one. Names are written by the store, so equal names have equal bytes.
    func isNamed(_ name: String) -> Bool { self.name == name }
}
