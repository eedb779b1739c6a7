import JSON

extension Geometry {
    /// Reads a GeoJSON geometry object (RFC 7946 §3.1). Foreign members are ignored.
    ///
    /// Rings of either direction are taken (§3.1.6 asks readers to be lenient); ``geoJSON`` writes the right one.
    public init(geoJSON json: JSON, limits: GeometryLimits = GeometryLimits()) throws(GeometryError) {
        var reader = GeoJSONReader(limits: limits)
        self = try reader.geometry(json)
    }

    /// The GeoJSON geometry object, outer rings counter-clockwise and holes clockwise (RFC 7946 §3.1.6).
    public var geoJSON: JSON {
        if case .geometryCollection(let members) = self {
            return .object(
                JSONObject([
                    .init("type", .string(typeName)), .init("geometries", .array(members.map(\.geoJSON))),
                ]))
        }
        return .object(JSONObject([.init("type", .string(typeName)), .init("coordinates", coordinates)]))
    }

    private var coordinates: JSON {
        switch self {
        case .point(let place): place.geoJSON
        case .multiPoint(let places), .lineString(let places): .array(places.map(\.geoJSON))
        case .multiLineString(let lines): .array(lines.map { .array($0.map(\.geoJSON)) })
        case .polygon(let polygon): polygon.geoJSON
        case .multiPolygon(let polygons): .array(polygons.map(\.geoJSON))
        case .geometryCollection: .array([])
        }
    }
}

extension Coordinate {
    /// `[longitude, latitude]`, with the altitude in metres when known.
    public var geoJSON: JSON {
        .array(([longitude, latitude] + (altitude.map { [$0] } ?? [])).map(JSON.init(coordinate:)))
    }
}

extension Polygon {
    /// The same polygon with its outer ring counter-clockwise and its holes clockwise (RFC 7946 §3.1.6).
    public var rightHanded: Polygon {
        Polygon(
            exterior: exterior.signedArea < 0 ? exterior.reversed() : exterior,
            holes: holes.map { $0.signedArea > 0 ? $0.reversed() : $0 })
    }

    var geoJSON: JSON {
        .array(rightHanded.rings.map { .array($0.map(\.geoJSON)) })
    }
}

extension [Coordinate] {
    /// Twice the ring's area in square degrees; positive when it runs counter-clockwise.
    var signedArea: Double {
        zip(self, dropFirst()).reduce(0) {
            $0 + $1.0.longitude * $1.1.latitude - $1.1.longitude * $1.0.latitude
        }
    }
}
