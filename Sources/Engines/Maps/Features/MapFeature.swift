import Entities
import Geometry
import JSON

/// An entity as a map needs it: where it is, what it is called.
struct MapFeature: Sendable {
    /// The row's number: whole numbers are what tiles can carry as ids.
    var number: Int64
    var id: String
    var name: String
    var municipality: String?
    var geometry: Geometry

    /// `nil` when the entity has no `location` that can be drawn.
    init?(_ entity: StoredEntity) {
        guard case .object(let document)? = try? JSON(parsing: entity.document),
            let location = Self.value(of: "location", in: document),
            let geometry = try? Geometry(geoJSON: location), !geometry.isEmpty
        else { return nil }
        number = entity.number
        id = entity.id
        municipality = entity.municipality
        name = Self.text(Self.value(of: "name", in: document)) ?? entity.id
        self.geometry = geometry
    }

    /// The value of an attribute in normalized form; of several instances the first.
    private static func value(of name: String, in document: JSONObject) -> JSON? {
        var attribute = document[name]
        if case .array(let instances)? = attribute { attribute = instances.first }
        guard case .object(let members)? = attribute else { return nil }
        return members["value"] ?? members["languageMap"]
    }

    /// A plain string, or the Japanese (else the first) text of a language map.
    private static func text(_ value: JSON?) -> String? {
        switch value {
        case .string(let text)?: return text
        case .object(let map)?:
            guard case .string(let text)? = map["ja"] ?? map.members.first?.value else { return nil }
            return text
        default: return nil
        }
    }
}
