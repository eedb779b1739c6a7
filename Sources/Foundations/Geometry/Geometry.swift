/// The seven geometries of RFC 7946 §3.1 (and of OGC Simple Features), in WGS 84 longitude and latitude.
///
/// An empty geometry is an empty multi-geometry or collection; a point, line or polygon always has its positions.
public enum Geometry: Sendable, Hashable {
    case point(Coordinate)
    case multiPoint([Coordinate])
    case lineString([Coordinate])
    case multiLineString([[Coordinate]])
    case polygon(Polygon)
    case multiPolygon([Polygon])
    indirect case geometryCollection([Geometry])
}

/// One outer ring and its holes. Each ring is closed: the last position repeats the first, so it has four or more.
public struct Polygon: Sendable, Hashable {
    public var exterior: [Coordinate]
    public var holes: [[Coordinate]]

    public init(exterior: [Coordinate], holes: [[Coordinate]] = []) {
        self.exterior = exterior
        self.holes = holes
    }

    /// The outer ring first, then the holes, as in GeoJSON's `coordinates`.
    public var rings: [[Coordinate]] { [exterior] + holes }
}

extension Geometry {
    /// The name that GeoJSON gives this kind of geometry.
    public var typeName: String {
        switch self {
        case .point: "Point"
        case .multiPoint: "MultiPoint"
        case .lineString: "LineString"
        case .multiLineString: "MultiLineString"
        case .polygon: "Polygon"
        case .multiPolygon: "MultiPolygon"
        case .geometryCollection: "GeometryCollection"
        }
    }

    /// The connected parts as lists of positions: a point each, a line each, every ring.
    public var parts: [[Coordinate]] {
        switch self {
        case .point(let position): [[position]]
        case .multiPoint(let positions): positions.map { [$0] }
        case .lineString(let line): [line]
        case .multiLineString(let lines): lines
        case .polygon(let polygon): polygon.rings
        case .multiPolygon(let polygons): polygons.flatMap(\.rings)
        case .geometryCollection(let members): members.flatMap(\.parts)
        }
    }

    /// Whether there is no position at all.
    public var isEmpty: Bool { parts.allSatisfy(\.isEmpty) }

    /// The polygons of a polygon, a multi-polygon or a collection of such; other members are left out.
    public var polygons: [Polygon] {
        switch self {
        case .polygon(let polygon): [polygon]
        case .multiPolygon(let polygons): polygons
        case .geometryCollection(let members): members.flatMap(\.polygons)
        case .point, .multiPoint, .lineString, .multiLineString: []
        }
    }
}
