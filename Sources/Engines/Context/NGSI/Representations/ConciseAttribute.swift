import Entities
import JSON

/// The concise form of an attribute: without what can be told from the rest (ETSI GS CIM 009 clause 4.5.0).
enum ConciseAttribute {
    static func value(_ attribute: JSON) -> JSON {
        switch attribute {
        case .object(let object): members(of: object, isBare: true)
        case .array(let elements): .array(elements.map { $0.objectValue.map { members(of: $0, isBare: false) } ?? $0 })
        default: attribute
        }
    }

    /// Objects as the value of a Property keep its name: bare they could be taken for instances of the attribute.
    private static func holdsObjects(_ value: JSON) -> Bool {
        value.objectValue != nil || value.arrayValue?.contains { $0.objectValue != nil } ?? false
    }

    private static func members(of object: JSONObject, isBare: Bool) -> JSON {
        let instance = AttributeInstance(object: object)
        guard let kind = instance.kind, let value = instance.value else { return .object(object) }
        let rest = object.members.filter { $0.name != "type" }
        let isPlain = kind == .geoProperty || kind == .property && !holdsObjects(value)
        if isBare, isPlain, rest.count == 1 { return value }
        return .object(
            JSONObject(
                rest.map { member in
                    let isSub = !AttributeMembers.isOwn(member.name)
                    return isSub ? JSONObject.Member(member.name, self.value(member.value)) : member
                }))
    }
}
