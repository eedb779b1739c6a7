import JSON

/// Attributes in NGSI-LD normalized form (ETSI GS CIM 009 clause 4.5.2).
enum Attributes {
    static func property(_ value: JSON, original: String? = nil) -> JSON {
        var members = [JSONObject.Member("type", "Property"), .init("value", value)]
        if let original {
            members.append(.init("originalValue", ["type": "Property", "value": .string(original)]))
        }
        return .object(JSONObject(members))
    }

    static func point(longitude: JSON, latitude: JSON, original: String? = nil) -> JSON {
        geometry(["type": "Point", "coordinates": [longitude, latitude]], original: original)
    }

    static func geometry(_ value: JSON, original: String? = nil) -> JSON {
        var members = [JSONObject.Member("type", "GeoProperty"), .init("value", value)]
        if let original {
            members.append(.init("originalValue", ["type": "Property", "value": .string(original)]))
        }
        return .object(JSONObject(members))
    }
}
