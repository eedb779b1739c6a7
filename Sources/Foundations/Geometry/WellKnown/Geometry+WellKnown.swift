extension Geometry {
    /// Reads well-known binary, ISO or EWKB, of either byte order.
    public init(wkb bytes: [UInt8], limits: GeometryLimits = GeometryLimits()) throws(GeometryError) {
        var reader = WKBReader(bytes, limits: limits)
        self = try reader.whole()
    }

    /// ISO well-known binary, little-endian; with Z when any position has an altitude (missing ones are NaN).
    public var wkb: [UInt8] {
        var writer = WKBWriter(withAltitude: hasAltitude)
        writer.write(self)
        return writer.bytes
    }

    /// Reads well-known text; `SRID=4326;` before it is taken.
    public init(wkt text: String, limits: GeometryLimits = GeometryLimits()) throws(GeometryError) {
        var reader = WKTReader(text, limits: limits)
        self = try reader.whole()
    }

    /// Well-known text with the shortest digits that read back the same; ` Z` when every position has an altitude.
    public var wkt: String {
        let withAltitude = hasAltitude && parts.allSatisfy { $0.allSatisfy { $0.altitude != nil } }
        return wkt(withAltitude: withAltitude)
    }

    var hasAltitude: Bool { parts.contains { $0.contains { $0.altitude != nil } } }

    private func wkt(withAltitude: Bool) -> String {
        let name = typeName.uppercased() + (withAltitude ? " Z" : "")
        let body = textBody(withAltitude)
        return body == "()" ? "\(name) EMPTY" : "\(name) \(body)"
    }

    private func textBody(_ withAltitude: Bool) -> String {
        func text(_ place: Coordinate) -> String {
            "\(place.longitude) \(place.latitude)" + (withAltitude ? " \(place.altitude ?? 0)" : "")
        }
        func text(_ line: [Coordinate]) -> String { "(" + line.map(text).joined(separator: ", ") + ")" }
        func text(_ polygon: Polygon) -> String { "(" + polygon.rings.map(text).joined(separator: ", ") + ")" }
        func list(_ items: [String]) -> String { "(" + items.joined(separator: ", ") + ")" }
        return switch self {
        case .point(let place): "(\(text(place)))"
        case .multiPoint(let places): list(places.map { "(\(text($0)))" })
        case .lineString(let line): text(line)
        case .multiLineString(let lines): list(lines.map(text))
        case .polygon(let polygon): text(polygon)
        case .multiPolygon(let polygons): list(polygons.map(text))
        case .geometryCollection(let members): list(members.map { $0.wkt(withAltitude: withAltitude) })
        }
    }
}
