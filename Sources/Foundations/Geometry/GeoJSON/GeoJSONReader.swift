import JSON

/// Reads the geometry objects of RFC 7946 §3.1 and refuses what the standard calls wrong: ranges, open rings, too few positions.
struct GeoJSONReader {
    let limits: GeometryLimits
    private var positions = 0

    init(limits: GeometryLimits) { self.limits = limits }

    mutating func geometry(_ json: JSON, depth: Int = 1) throws(GeometryError) -> Geometry {
        guard case .object(let object) = json else { throw GeometryError(.expected("a GeoJSON geometry object")) }
        guard depth <= limits.depth else { throw GeometryError(.tooDeep(limit: limits.depth)) }
        let type = try Self.type(of: object)
        guard type != "GeometryCollection" else {
            return try member("geometries", of: object) { reader, value throws(GeometryError) in
                .geometryCollection(
                    try reader.list(value) { reader, item throws(GeometryError) in
                        try reader.geometry(item, depth: depth + 1)
                    })
            }
        }
        return try member("coordinates", of: object) { reader, value throws(GeometryError) in
            try reader.shape(type, value)
        }
    }

    static func type(of object: JSONObject) throws(GeometryError) -> String {
        guard let value = object["type"] else { throw GeometryError(.missingMember("type")) }
        guard case .string(let type) = value else { throw GeometryError(.expected("a string"), pointer: "/type") }
        return type
    }

    private mutating func shape(_ type: String, _ value: JSON) throws(GeometryError) -> Geometry {
        switch type {
        case "Point": .point(try position(value))
        case "MultiPoint": .multiPoint(try places(value))
        case "LineString": .lineString(try line(value))
        case "MultiLineString": .multiLineString(try list(value) { r, v throws(GeometryError) in try r.line(v) })
        case "Polygon": .polygon(try polygon(value))
        case "MultiPolygon": .multiPolygon(try list(value) { r, v throws(GeometryError) in try r.polygon(v) })
        default: throw GeometryError(.unknownType(type))
        }
    }

    private mutating func polygon(_ json: JSON) throws(GeometryError) -> Polygon {
        let rings = try list(json) { reader, value throws(GeometryError) in try reader.ring(value) }
        guard let exterior = rings.first else { throw GeometryError(.expected("an array with at least one ring")) }
        return Polygon(exterior: exterior, holes: Array(rings.dropFirst()))
    }

    private mutating func ring(_ json: JSON) throws(GeometryError) -> [Coordinate] {
        let ring = try places(json)
        guard ring.count >= 4 else { throw GeometryError(.tooFewPositions(needed: 4, found: ring.count)) }
        guard ring.first == ring.last else { throw GeometryError(.ringNotClosed) }
        return ring
    }

    private mutating func line(_ json: JSON) throws(GeometryError) -> [Coordinate] {
        let line = try places(json)
        guard line.count >= 2 else { throw GeometryError(.tooFewPositions(needed: 2, found: line.count)) }
        return line
    }

    private mutating func places(_ json: JSON) throws(GeometryError) -> [Coordinate] {
        try list(json) { reader, value throws(GeometryError) in try reader.position(value) }
    }

    private mutating func position(_ json: JSON) throws(GeometryError) -> Coordinate {
        guard case .array(let items) = json, items.count >= 2 else {
            throw GeometryError(.expected("a position: an array of longitude and latitude"))
        }
        positions += 1
        guard positions <= limits.positions else { throw GeometryError(.tooManyPositions(limit: limits.positions)) }
        var numbers: [Double] = []
        // More than three members are allowed and ignored (§3.1.1), but they must be numbers.
        for (index, item) in items.enumerated() {
            guard let number = item.finiteDouble else {
                throw GeometryError(.expected("a number"), pointer: "/\(index)")
            }
            if index < 3 { numbers.append(number) }
        }
        return try Self.checked(
            Coordinate(longitude: numbers[0], latitude: numbers[1], altitude: numbers.count > 2 ? numbers[2] : nil))
    }

    static func checked(_ place: Coordinate) throws(GeometryError) -> Coordinate {
        guard (-180...180).contains(place.longitude) else {
            throw GeometryError(.longitudeOutOfRange(place.longitude), pointer: "/0")
        }
        guard (-90...90).contains(place.latitude) else {
            throw GeometryError(.latitudeOutOfRange(place.latitude), pointer: "/1")
        }
        return place
    }

    private mutating func member(
        _ name: String, of object: JSONObject,
        _ body: (inout GeoJSONReader, JSON) throws(GeometryError) -> Geometry
    ) throws(GeometryError) -> Geometry {
        guard let value = object[name] else {
            let type = try Self.type(of: object)
            throw Self.geometryTypes.contains(type)
                ? GeometryError(.missingMember(name)) : GeometryError(.unknownType(type), pointer: "/type")
        }
        do { return try body(&self, value) } catch {
            if case .unknownType = error.reason, error.pointer.isEmpty { throw error.inside("type") }
            throw error.inside(name)
        }
    }

    private mutating func list<T>(
        _ json: JSON, _ body: (inout GeoJSONReader, JSON) throws(GeometryError) -> T
    ) throws(GeometryError) -> [T] {
        guard case .array(let items) = json else { throw GeometryError(.expected("an array")) }
        var result: [T] = []
        result.reserveCapacity(items.count)
        for (index, item) in items.enumerated() {
            do { result.append(try body(&self, item)) } catch { throw error.inside("\(index)") }
        }
        return result
    }

    private static let geometryTypes: Set<String> = [
        "Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon", "GeometryCollection",
    ]
}

extension JSON {
    /// The number as a double, when it is one and finite.
    var finiteDouble: Double? {
        switch self {
        case .int(let value): return Double(value)
        case .number(let digits):
            guard let value = Double(digits), value.isFinite else { return nil }
            return value
        default: return nil
        }
    }

    /// A double with the shortest digits that read back the same; whole numbers without a fraction.
    init(coordinate value: Double) {
        self = Int64(exactly: value).map { $0 == 0 ? .int(0) : .int($0) } ?? .number("\(value)")
    }
}
