import JSON
import Storage
import Web

/// An entity, or attributes of one, as a client sends them.
package struct V2EntityInput: Sendable {
    /// Empty where the address names the entity.
    var id = ""
    /// Nil if it is not said.
    var type: String?
    var attributes: [V2AttributeInput] = []

    /// Reads an entity.
    package init(entity json: JSON, keyValues: Bool) throws(Refusal) {
        guard let object = json.objectValue else { throw .badV2("not a JSON object") }
        guard !object.isEmpty else { throw .badV2("empty payload") }
        guard let id = object["id"] else { throw .badV2("entity id length: 0, min length supported: 1") }
        guard let id = id.stringValue else { throw .badV2("Invalid JSON type for entity id") }
        try V2Syntax.check(id, "entity id")
        self.id = id
        if let json = object["type"] {
            guard let type = json.stringValue else { throw .badV2("Invalid JSON type for entity type") }
            try V2Syntax.check(type, "entity type")
            self.type = type
        }
        attributes = try Self.attributes(object, keyValues)
    }

    /// Reads attributes of the entity that the address names.
    init(attributes json: JSON, keyValues: Bool) throws(Refusal) {
        guard let object = json.objectValue else { throw .badV2("not a JSON object") }
        guard object["id"] == nil else { throw .badV2("entity id specified in payload") }
        guard object["type"] == nil else { throw .badV2("entity type specified in payload") }
        attributes = try Self.attributes(object, keyValues)
    }

    private static func attributes(_ object: JSONObject, _ keyValues: Bool) throws(Refusal) -> [V2AttributeInput] {
        var attributes: [V2AttributeInput] = []
        for member in object.members where member.name != "id" && member.name != "type" {
            attributes.append(try V2AttributeInput(member.name, member.value, keyValues: keyValues))
        }
        return attributes
    }

    /// `E/T` as error sentences name an entity: the type only if the request had it.
    static func label(_ id: String, _ type: String?) -> String { type.map { "\(id)/\($0)" } ?? id }
}

extension Call {
    /// The body as JSON, refused as Orion refuses it.
    func v2JSON() throws(Refusal) -> JSON {
        guard !body.isEmpty else {
            throw .orion(.contentLengthRequired, "Zero/No Content-Length in PUT/POST/PATCH request")
        }
        do { return try JSON(parsing: body) } catch {
            throw .orion(.parseError, "Errors found in incoming JSON buffer")
        }
    }
}
