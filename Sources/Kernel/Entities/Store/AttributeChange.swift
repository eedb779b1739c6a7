import JSON

/// One attribute before and after a write.
struct AttributeChange {
    var name: String
    /// Nil: the attribute was not there.
    var old: JSON?
    /// Nil: the attribute goes.
    var new: JSON?
    /// Both as JSON text.
    private(set) var oldText: [UInt8]?
    private(set) var newText: [UInt8]?

    init(name: String, old: JSON?, new: JSON?, oldText: [UInt8]? = nil) {
        self.name = name
        self.old = old
        self.new = new
        self.oldText = oldText ?? old?.bytes
        newText = new?.bytes
    }

    var isNone: Bool { oldText == newText || old == new }

    var oldValues: Set<IndexedValue> { old.map { IndexedValue.values(of: name, $0) } ?? [] }
    var newValues: Set<IndexedValue> { new.map { IndexedValue.values(of: name, $0) } ?? [] }

    var touchesGeometry: Bool {
        [old, new].contains { json in
            json.map { AttributeInstances.all($0).contains { $0.kind == .geoProperty } } ?? false
        }
    }

    var touchesExpiry: Bool {
        [old, new].contains { json in json.map { AttributeExpiry.first(of: $0) != nil } ?? false }
    }

    /// What differs between two sets of attributes.
    static func between(_ old: JSONObject, _ new: JSONObject) -> [AttributeChange] {
        let before = Dictionary(old.members.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
        let names = Set(new.members.map(\.name))
        let changed = new.members.compactMap { member -> AttributeChange? in
            let was = before[member.name]
            return was == member.value ? nil : AttributeChange(name: member.name, old: was, new: member.value)
        }
        let gone = old.members.filter { !names.contains($0.name) }
            .map { AttributeChange(name: $0.name, old: $0.value, new: nil) }
        return changed + gone
    }

    /// The other attributes of an entity, each the same before and after.
    static func unchanged(in entity: StoredEntity, besides changes: [AttributeChange]) -> [AttributeChange] {
        let changed = Set(changes.map(\.name))
        return entity.attributes.members.filter { !changed.contains($0.name) }
            .map { AttributeChange(name: $0.name, old: $0.value, new: $0.value) }
    }
}
