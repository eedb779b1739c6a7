import Entities
import JSON

extension V2Attribute {
    /// The v2 view of a stored attribute: of its default instance, else of the first; nil if it is no attribute.
    package init?(stored: JSON) {
        guard let instance = StoredInstances.shown(stored), let kind = instance.kind, let value = instance.value else {
            return nil
        }
        let object = instance.object
        self.init(object, kind, value)
        for member in object.members {
            if let item = Self.metadata(member) { metadata.append(item) }
        }
    }

    /// Type and value alone.
    private init(_ object: JSONObject, _ kind: AttributeKind, _ value: JSON) {
        let given = object[V2Names.typeMember]?["value"]?.stringValue
        if let typed = Self.typedValue(value), given == nil, kind == .property {
            self.init(type: typed.type, value: typed.value)
        } else {
            self.init(
                type: given ?? Self.type(of: kind, value), value: object[V2Names.valueMember]?["value"] ?? value)
        }
    }

    /// `{"@type": "DateTime", "@value": …}` (ETSI GS CIM 009 clause 4.6.3) as a v2 value with a type.
    static func typedValue(_ value: JSON) -> (type: String, value: JSON)? {
        guard let object = value.objectValue, object.count == 2, let type = object["@type"]?.stringValue,
            let inner = object["@value"]
        else { return nil }
        if type == "DateTime", let text = inner.stringValue.flatMap(V2DateTime.normalized) {
            return (type, .string(text))
        }
        return (type, inner)
    }

    private static func metadata(_ member: JSONObject.Member) -> V2Metadata? {
        switch member.name {
        case "unitCode", "datasetId": return V2Metadata(member.name, type: "Text", value: member.value)
        case "observedAt":
            let text = member.value.stringValue.flatMap(V2DateTime.normalized).map { JSON.string($0) }
            return V2Metadata(member.name, type: "DateTime", value: text ?? member.value)
        case V2Names.typeMember, V2Names.valueMember: return nil
        default: break
        }
        guard !V2Names.reservedInAttribute.contains(member.name), let instance = StoredInstances.shown(member.value),
            let kind = instance.kind, let value = instance.value
        else { return nil }
        let sub = V2Attribute(instance.object, kind, value)
        return V2Metadata(V2Names.name(member.name), type: sub.type, value: sub.value)
    }
}

/// The instances of a stored attribute, of which NGSIv2 knows one.
enum StoredInstances {
    /// The one without datasetId, else the first.
    static func shown(_ attribute: JSON) -> AttributeInstance? {
        let all = AttributeInstances.all(attribute)
        return all.first { $0.dataset.isEmpty } ?? all.first
    }

    /// `attribute` with its shown instance replaced; the others stay.
    static func replacing(_ attribute: JSON?, with new: JSON) -> JSON {
        guard let attribute, let shown = shown(attribute) else { return new }
        let others = AttributeInstances.all(attribute).filter { $0.dataset != shown.dataset }
        return others.isEmpty ? new : .array([new] + others.map { .object($0.object) })
    }
}
