import Entities
import JSON

/// Brings concise attributes (ETSI GS CIM 009 clause 4.5.0) into normalized form; normalized ones stay as they are.
enum NormalizedAttributes {
    private static let geometries: Set<String> = [
        "Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon", "GeometryCollection",
    ]

    static func of(_ attributes: JSONObject) -> JSONObject {
        JSONObject(attributes.members.map { JSONObject.Member($0.name, attribute($0.value, depth: 0)) })
    }

    private static func attribute(_ value: JSON, depth: Int) -> JSON {
        guard depth < 16 else { return value }
        if let elements = value.arrayValue, !elements.isEmpty, elements.allSatisfy(isInstance) {
            return .array(elements.map { attribute($0, depth: depth + 1) })
        }
        guard let object = value.objectValue else { return ["type": "Property", "value": value] }
        if isGeometry(value) { return ["type": "GeoProperty", "value": value] }
        guard let kind = kind(of: object) else {
            return object["type"] == nil ? ["type": "Property", "value": value] : value
        }
        var members: [JSONObject.Member] = [.init("type", .string(kind.rawValue))]
        for member in object.members where member.name != "type" {
            let isOwn = member.name == kind.valueMember || metadata.contains(member.name)
            members.append(isOwn ? member : .init(member.name, attribute(member.value, depth: depth + 1)))
        }
        return .object(JSONObject(members))
    }

    private static let metadata: Set<String> = [
        "observedAt", "unitCode", "datasetId", "createdAt", "modifiedAt", "deletedAt", "instanceId", "objectType",
        "expiresAt",
    ]

    /// The kind that an attribute names, or that the member with its value tells.
    private static func kind(of object: JSONObject) -> AttributeKind? {
        if let name = object["type"]?.stringValue { return AttributeKind(rawValue: name) }
        if let value = object["value"] { return isGeometry(value) ? .geoProperty : .property }
        return AttributeKind.allCases.first { $0.valueMember != "value" && object[$0.valueMember] != nil }
    }

    private static func isInstance(_ json: JSON) -> Bool { json.objectValue.map { kind(of: $0) != nil } ?? false }

    private static func isGeometry(_ json: JSON) -> Bool {
        guard let name = json["type"]?.stringValue, geometries.contains(name) else { return false }
        return json["coordinates"] != nil || json["geometries"] != nil
    }
}
