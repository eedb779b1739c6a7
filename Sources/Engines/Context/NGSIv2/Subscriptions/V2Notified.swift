import Entities
import JSON
import Storage

/// An entity that is notified, as NGSIv2 sees it, with what its change tells.
struct V2Notified: Sendable {
    let entity: StoredEntity
    let change: EntityChangeView?
    let isDeleted: Bool

    /// The attributes as they are after the change.
    var attributes: [V2NamedAttribute] { entity.v2Attributes }

    /// v2 names of attributes that came or changed.
    var changed: Set<String> {
        guard let change else { return Set(attributes.map(\.name)) }
        return Set((change.added + change.changed).map(V2Names.name))
    }

    /// `entityCreate`, `entityChange` or `entityDelete` («Builtin Attributes»).
    var alteration: String {
        if isDeleted || change?.kind == .deleted { return "entityDelete" }
        return change?.kind == .created ? "entityCreate" : "entityChange"
    }

    func builtin(_ name: String) -> V2NamedAttribute? {
        if name == "alterationType" {
            return V2NamedAttribute(name, V2Attribute(type: "Text", value: .string(alteration)))
        }
        return V2Representation.builtin(name, entity)
    }

    /// What only notifications tell of an attribute («Builtin Metadata»).
    func builtinMetadata(_ name: String, of attribute: String) -> V2Metadata? {
        let stored = V2Names.storedAttribute(attribute)
        switch name {
        case "dateCreated":
            return V2Metadata(name, type: "DateTime", value: .date(entity.createdAt(ofAttribute: stored)))
        case "dateModified":
            return V2Metadata(name, type: "DateTime", value: .date(entity.modifiedAt(ofAttribute: stored)))
        case "previousValue":
            guard let old = change?.before[stored].flatMap(V2Attribute.init(stored:)) else { return nil }
            return V2Metadata(name, type: old.type, value: old.value)
        case "actionType":
            guard let change, change.after[stored] != nil else { return nil }
            return V2Metadata(name, type: "Text", value: change.before[stored] == nil ? "append" : "update")
        default: return nil
        }
    }

    /// What expressions may name («Macro substitution», «Metadata support»).
    func scope(at now: Instant) -> JexlScope {
        var values: [String: JSON] = [
            "service": .string(entity.space == "area" ? "" : entity.space),
            "servicePath": .string(V2ServicePath.path(of: entity)),
        ]
        var metadata: [JSONObject.Member] = []
        for item in attributes {
            values[item.name] = item.attribute.value
            let builtins = ["dateCreated", "dateModified", "previousValue", "actionType"].compactMap {
                builtinMetadata($0, of: item.name)
            }
            let own = (builtins + item.attribute.metadata).map { JSONObject.Member($0.name, $0.value) }
            metadata.append(.init(item.name, .object(JSONObject(own))))
        }
        values["id"] = .string(V2ID.id(entity.id))
        values["type"] = .string(entity.types.first.map(V2Names.name) ?? "Thing")
        values["metadata"] = .object(JSONObject(metadata))
        return JexlScope(values, now: now)
    }
}
