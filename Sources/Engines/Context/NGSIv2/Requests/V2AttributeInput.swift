import JSON
import Storage

/// An attribute as a client sends it: what it left out is nil.
struct V2AttributeInput: Sendable, Hashable {
    var name: String
    var type: String?
    var value: JSON
    var metadata: [V2Metadata]?

    /// With the types that are meant where none is given.
    var attribute: V2Attribute {
        V2Attribute(type: type ?? V2Attribute.defaultType(of: value), value: value, metadata: metadata ?? [])
    }

    /// Reads `{"value", "type", "metadata"}`, or the value alone with `keyValues`.
    /// - Parameter isKnown: the attribute is there already, so its name may be one that only NGSI-LD takes.
    init(_ name: String, _ json: JSON, keyValues: Bool, isKnown: Bool = false) throws(Refusal) {
        if !isKnown {
            try V2Syntax.check(name, "attribute name")
            if name == "geo:distance" || name == "*" { throw .badV2("Invalid characters in attribute name") }
        }
        self.name = name
        guard !keyValues else {
            value = json
            try V2Syntax.check(value, "attribute value")
            return
        }
        guard let object = json.objectValue else {
            throw .badV2("attribute must be a JSON object, unless keyValues option is used")
        }
        value = object["value"] ?? .null
        type = try Self.type(object, "attribute type")
        if let json = object["metadata"] { metadata = try Self.metadata(json) }
        if object.names.contains(where: { $0 != "value" && $0 != "type" && $0 != "metadata" }) {
            throw .badV2("unrecognized property for context attribute")
        }
        if type != "TextUnrestricted" { try V2Syntax.check(value, "attribute value") }
        value = try Self.checked(attribute)
    }

    private static func type(_ object: JSONObject, _ what: String) throws(Refusal) -> String? {
        guard let json = object["type"] else { return nil }
        guard let type = json.stringValue else { throw .badV2("invalid JSON type for \(what)") }
        try V2Syntax.check(type, what)
        return type
    }

    private static func metadata(_ json: JSON) throws(Refusal) -> [V2Metadata] {
        guard let object = json.objectValue else { throw .badV2("metadata must be a JSON object") }
        var metadata: [V2Metadata] = []
        for member in object.members {
            try V2Syntax.check(member.name, "metadata name")
            guard let item = member.value.objectValue else { throw .badV2("metadata must be a JSON object") }
            if item.names.contains(where: { $0 != "value" && $0 != "type" }) {
                throw .badV2("unrecognized property for metadata")
            }
            let value = item["value"] ?? .null
            try V2Syntax.check(value, "metadata value")
            let type = try type(item, "metadata type") ?? V2Attribute.defaultType(of: value)
            let checked = try Self.checked(V2Attribute(type: type, value: value))
            metadata.append(V2Metadata(member.name, type: type, value: checked))
        }
        return metadata
    }

    /// The value as it will be kept: dates in Orion's form. Refuses what the special types do not take.
    private static func checked(_ attribute: V2Attribute) throws(Refusal) -> JSON {
        guard !attribute.value.isNull, !attribute.isOperation else { return attribute.value }
        if V2Attribute.dateTypes.contains(attribute.type) {
            guard let text = attribute.value.stringValue.flatMap(V2DateTime.normalized) else {
                throw .badV2("date has invalid format")
            }
            return .string(text)
        }
        guard attribute.type.hasPrefix("geo:"), !attribute.ignoresType else { return attribute.value }
        let isKnown = ["geo:json", "geo:point", "geo:line", "geo:box", "geo:polygon"].contains(attribute.type)
        let geometry =
            attribute.type == "geo:json"
            ? V2Geometry.geometry(of: attribute.value) : V2Geometry.geometry(of: attribute.value, attribute.type)
        if isKnown, geometry == nil {
            throw .badV2("error parsing location attribute: invalid \(attribute.type) value")
        }
        return attribute.type == "geo:json" ? geometry ?? attribute.value : attribute.value
    }
}
