import Entities
import HTTPTypes
import JSON
import Storage
import Web

/// Entities and fragments as clients send them: normalized or concise, with a context in the body or in the header
/// (ETSI GS CIM 009 clauses 6.3.5 and 5.4).
enum EntityBody {
    static func entity(_ call: Call) throws(Refusal) -> Entity {
        var object = try object(call)
        let id = object["id"]?.stringValue ?? object["@id"]?.stringValue
        let type = object["type"] ?? object["@type"]
        for name in ["id", "@id", "type", "@type"] { object[name] = nil }
        guard let id, let type, let types = texts(type) else {
            throw Refusal(
                .invalid, "An entity needs an \"id\" and a \"type\", which is a text or an array of texts.",
                faults: [.init(id == nil ? "/id" : "/type", "It is missing or of another kind.")])
        }
        return Entity(id: id, types: types, attributes: NormalizedAttributes.of(object))
    }

    /// Attributes of the entity `id`; what says id or type is left out.
    static func fragment(_ call: Call, of id: String) throws(Refusal) -> JSONObject {
        var object = try object(call)
        if let given = object["id"]?.stringValue, given != id {
            throw Refusal(
                .invalid, "The body's id is not the id in the address.", faults: [.init("/id", "Leave it out.")])
        }
        for name in ["id", "@id", "type", "@type"] { object[name] = nil }
        guard !object.isEmpty else { throw Refusal(.invalid, "The body has no attribute.") }
        return NormalizedAttributes.of(object)
    }

    /// The body's members without its context, which has been checked.
    private static func object(_ call: Call) throws(Refusal) -> JSONObject {
        guard case .object(var object) = try call.json() else {
            throw Refusal(.invalid, "The body must be one JSON object.")
        }
        let isLinked = call.headers[.contentType]?.hasPrefix("application/ld+json") ?? false
        guard let context = object["@context"] else {
            if isLinked {
                throw Refusal(
                    .invalid, "A body of application/ld+json needs an \"@context\".",
                    faults: [.init("/@context", "Add it, or send application/json.")])
            }
            try CoreContext.checkLink(call)
            return object
        }
        guard isLinked else {
            throw Refusal(
                .invalid, "An \"@context\" in the body goes with application/ld+json.",
                faults: [.init("/@context", "Leave it out, or send application/ld+json.")])
        }
        try CoreContext.check(context)
        object["@context"] = nil
        return object
    }

    private static func texts(_ json: JSON) -> [String]? {
        if let text = json.stringValue { return [text] }
        guard let elements = json.arrayValue else { return nil }
        let texts = elements.compactMap(\.stringValue)
        return texts.count == elements.count ? texts : nil
    }
}
