import JSON
import Storage

/// The `ngsi` part of a custom notification: attributes that are laid over the entity, with macros in their values
/// («NGSI payload patching», «Evaluation priority»).
struct V2Patch: Sendable {
    private static let priority = "evalPriority"
    private static let last = 100_000

    var id: String
    var type: String
    var attributes: [V2NamedAttribute]

    static func checked(_ json: JSON) throws(Refusal) -> JSONObject {
        guard let object = json.objectValue else {
            throw .badV2("ngsi field in httpCustom or mqttCustom must be an object")
        }
        for member in object.members {
            if member.name == "id" || member.name == "type" {
                guard member.value.stringValue != nil else {
                    throw .badV2("Invalid JSON type for entity \(member.name)")
                }
                continue
            }
            guard let attribute = member.value.objectValue else {
                throw .badV2("attribute must be a JSON object, unless keyValues option is used")
            }
            for item in attribute["metadata"]?.objectValue?.members ?? [] {
                guard item.name == priority else { throw .badV2("metadata are not allowed, except evalPriority") }
                guard let value = item.value["value"]?.intValue else {
                    throw .badV2("evalPriority metadata must be a number")
                }
                guard (1...last).contains(value) else {
                    throw .badV2("evalPriority metadata must be between 1 and \(last)")
                }
            }
        }
        return object
    }

    /// Lays a patch over the entity. Each value is evaluated with those of smaller priority in the scope.
    mutating func apply(_ patch: JSONObject, _ scope: inout JexlScope) {
        let given = patch.members.filter { $0.name != "id" && $0.name != "type" }
        let ordered = given.enumerated().sorted { left, right in
            let priorities = (Self.priority(left.element.value), Self.priority(right.element.value))
            return priorities.0 == priorities.1 ? left.offset < right.offset : priorities.0 < priorities.1
        }
        var values: [String: JSON] = [:]
        for (_, member) in ordered {
            let value = (member.value["value"] ?? .null).replacingMacros(in: scope)
            values[member.name] = value
            scope.values[member.name] = value
        }
        for member in given {
            let value = values[member.name] ?? .null
            let type = member.value["type"]?.stringValue ?? V2Attribute.defaultType(of: value)
            put(V2NamedAttribute(member.name, V2Attribute(type: type, value: value)))
        }
        if let text = patch["id"]?.stringValue { id = MacroText(text).text(in: scope) }
        if let text = patch["type"]?.stringValue { type = MacroText(text).text(in: scope) }
    }

    private mutating func put(_ item: V2NamedAttribute) {
        if let index = attributes.firstIndex(where: { $0.name == item.name }) {
            attributes[index] = item
        } else {
            attributes.append(item)
        }
    }

    private static func priority(_ attribute: JSON) -> Int {
        attribute["metadata"]?[priority]?["value"]?.intValue ?? last
    }
}
