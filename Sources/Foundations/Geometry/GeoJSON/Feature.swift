import JSON

/// A GeoJSON Feature (RFC 7946 §3.2): a geometry, if any, with properties.
public struct Feature: Sendable, Hashable {
    /// A string or a number, when given.
    public var id: JSON?
    public var geometry: Geometry?
    public var properties: JSONObject

    public init(id: JSON? = nil, geometry: Geometry?, properties: JSONObject = JSONObject()) {
        self.id = id
        self.geometry = geometry
        self.properties = properties
    }

    public init(geoJSON json: JSON, limits: GeometryLimits = GeometryLimits()) throws(GeometryError) {
        var reader = GeoJSONReader(limits: limits)
        try self.init(json, reader: &reader)
    }

    init(_ json: JSON, reader: inout GeoJSONReader) throws(GeometryError) {
        guard case .object(let object) = json else { throw GeometryError(.expected("a GeoJSON Feature object")) }
        let type = try GeoJSONReader.type(of: object)
        guard type == "Feature" else { throw GeometryError(.expected("the type \"Feature\""), pointer: "/type") }
        id = try Self.id(of: object)
        properties = try Self.properties(of: object)
        guard let shape = object["geometry"] else { throw GeometryError(.missingMember("geometry")) }
        do { geometry = shape == .null ? nil : try reader.geometry(shape) } catch { throw error.inside("geometry") }
    }

    public var geoJSON: JSON {
        var object = JSONObject([.init("type", .string("Feature"))])
        object["id"] = id
        object["geometry"] = geometry?.geoJSON ?? .null
        object["properties"] = .object(properties)
        return .object(object)
    }

    private static func id(of object: JSONObject) throws(GeometryError) -> JSON? {
        switch object["id"] {
        case nil: return nil
        case .string(let text): return .string(text)
        case .int(let number): return .int(number)
        case .number(let digits): return .number(digits)
        default: throw GeometryError(.expected("a string or a number"), pointer: "/id")
        }
    }

    private static func properties(of object: JSONObject) throws(GeometryError) -> JSONObject {
        switch object["properties"] {
        // §3.2 wants the member; files in the wild leave it out, and nothing is lost by taking them.
        case nil, .null: return JSONObject()
        case .object(let members): return members
        default: throw GeometryError(.expected("an object or null"), pointer: "/properties")
        }
    }
}

/// A GeoJSON FeatureCollection (RFC 7946 §3.3).
public struct FeatureCollection: Sendable, Hashable {
    public var features: [Feature]

    public init(_ features: [Feature]) { self.features = features }

    /// Reads a FeatureCollection; a lone Feature counts as a collection of one.
    public init(geoJSON json: JSON, limits: GeometryLimits = GeometryLimits()) throws(GeometryError) {
        guard case .object(let object) = json else { throw GeometryError(.expected("a GeoJSON object")) }
        var reader = GeoJSONReader(limits: limits)
        switch try GeoJSONReader.type(of: object) {
        case "Feature": features = [try Feature(json, reader: &reader)]
        case "FeatureCollection": features = try Self.members(of: object, &reader)
        default: throw GeometryError(.expected("a FeatureCollection or a Feature"), pointer: "/type")
        }
    }

    public var geoJSON: JSON {
        .object(
            JSONObject([
                .init("type", .string("FeatureCollection")), .init("features", .array(features.map(\.geoJSON))),
            ]))
    }

    private static func members(
        of object: JSONObject, _ reader: inout GeoJSONReader
    ) throws(GeometryError) -> [Feature] {
        guard let value = object["features"] else { throw GeometryError(.missingMember("features")) }
        guard case .array(let items) = value else { throw GeometryError(.expected("an array"), pointer: "/features") }
        var features: [Feature] = []
        for (index, item) in items.enumerated() {
            do { features.append(try Feature(item, reader: &reader)) } catch {
                throw error.inside("\(index)").inside("features")
            }
        }
        return features
    }
}
