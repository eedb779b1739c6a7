import Entities
import JSON

/// The simplified form of an attribute: its value alone (ETSI GS CIM 009 clause 4.5.4).
package enum SimplifiedAttribute {
    /// In stored names.
    package static func value(_ attribute: JSON) -> JSON { value(attribute, linked: nil, names: .core) }

    /// - Parameter linked: puts linked entities in the place of the ids of relationships.
    static func value(_ attribute: JSON, linked: LinkedObjects?, names: RequestContext) -> JSON {
        let instances = AttributeInstances.all(attribute)
        guard instances.count > 1 else { return instances.first.map { value($0, linked, names) } ?? .null }
        let members = instances.map {
            JSONObject.Member($0.dataset.isEmpty ? "@none" : $0.dataset, value($0, linked, names))
        }
        return ["dataset": .object(JSONObject(members))]
    }

    private static func value(_ instance: AttributeInstance, _ linked: LinkedObjects?, _ names: RequestContext) -> JSON
    {
        guard let kind = instance.kind, let value = instance.value else { return .null }
        switch kind {
        case .property, .geoProperty: return value
        case .relationship: return linked?.simplified(value) ?? value
        case .vocabProperty: return [kind.valueMember: vocabulary(value, names)]
        case .listRelationship: return [kind.valueMember: linked?.simplified(value) ?? value]
        case .languageProperty, .jsonProperty, .listProperty:
            return .object(JSONObject([.init(kind.valueMember, value)]))
        }
    }

    /// A stored `vocab` value in the client's names.
    static func vocabulary(_ value: JSON, _ names: RequestContext) -> JSON {
        switch value {
        case .string(let name): .string(names.compact(name))
        case .array(let elements): .array(elements.map { vocabulary($0, names) })
        default: value
        }
    }
}
