import Entities
import JSON

/// The simplified form of an attribute: its value alone (ETSI GS CIM 009 clause 4.5.4).
package enum SimplifiedAttribute {
    package static func value(_ attribute: JSON) -> JSON {
        let instances = AttributeInstances.all(attribute)
        guard instances.count > 1 else { return instances.first.map(value) ?? .null }
        let members = instances.map { JSONObject.Member($0.dataset.isEmpty ? "@none" : $0.dataset, value($0)) }
        return ["dataset": .object(JSONObject(members))]
    }

    private static func value(_ instance: AttributeInstance) -> JSON {
        guard let kind = instance.kind, let value = instance.value else { return .null }
        switch kind {
        case .property, .relationship, .geoProperty: return value
        case .languageProperty, .vocabProperty, .jsonProperty, .listProperty, .listRelationship:
            return .object(JSONObject([.init(kind.valueMember, value)]))
        }
    }
}

/// The concise form of an attribute: without what can be told from the rest (clause 4.5.0).
enum ConciseAttribute {
    static func value(_ attribute: JSON) -> JSON {
        switch attribute {
        case .object(let object): concise(object)
        case .array(let elements): .array(elements.map { $0.objectValue.map { members(of: $0, isBare: false) } ?? $0 })
        default: attribute
        }
    }

    private static func concise(_ object: JSONObject) -> JSON { members(of: object, isBare: true) }

    private static func members(of object: JSONObject, isBare: Bool) -> JSON {
        let instance = AttributeInstance(object: object)
        guard let kind = instance.kind, let value = instance.value else { return .object(object) }
        let rest = object.members.filter { $0.name != "type" }
        // An object as the value of a Property keeps its name: bare it could be taken for the attribute itself.
        let isPlain = kind == .geoProperty || kind == .property && value.objectValue == nil
        if isBare, isPlain, rest.count == 1 { return value }
        return .object(
            JSONObject(
                rest.map { member in
                    let isSub = member.value["type"]?.stringValue.flatMap(AttributeKind.init(rawValue:)) != nil
                    return isSub && member.name != kind.valueMember
                        ? JSONObject.Member(member.name, self.value(member.value)) : member
                }))
    }
}
