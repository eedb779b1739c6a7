/// A box of longitudes and latitudes in degrees. `west > east` means that it crosses the antimeridian (RFC 7946 §5.2).
public struct BoundingBox: Sendable, Hashable {
    public var west: Double
    public var south: Double
    public var east: Double
    public var north: Double

    public init(west: Double, south: Double, east: Double, north: Double) {
        self.west = west
        self.south = south
        self.east = east
        self.north = north
    }

    public static let world = BoundingBox(west: -180, south: -90, east: 180, north: 90)

    public var crossesAntimeridian: Bool { west > east }

    /// Degrees from west to east.
    public var width: Double { crossesAntimeridian ? east + 360 - west : east - west }

    public var height: Double { north - south }

    public var center: Coordinate {
        let middle = west + width / 2
        return Coordinate(longitude: middle > 180 ? middle - 360 : middle, latitude: (south + north) / 2)
    }

    /// One box, or the two on either side of the antimeridian; none of them crosses it.
    public var split: [BoundingBox] {
        guard crossesAntimeridian else { return [self] }
        return [
            BoundingBox(west: west, south: south, east: 180, north: north),
            BoundingBox(west: -180, south: south, east: east, north: north),
        ]
    }

    /// Whether the place lies inside or on the edge.
    public func contains(_ place: Coordinate) -> Bool {
        guard place.latitude >= south, place.latitude <= north else { return false }
        return crossesAntimeridian
            ? place.longitude >= west || place.longitude <= east
            : place.longitude >= west && place.longitude <= east
    }

    /// Whether the boxes share at least a point.
    public func intersects(_ other: BoundingBox) -> Bool {
        guard south <= other.north, other.south <= north else { return false }
        return split.contains { mine in other.split.contains { mine.west <= $0.east && $0.west <= mine.east } }
    }

    /// The box as a polygon; a crossing box becomes two.
    public var geometry: Geometry {
        let polygons = split.map { Polygon(exterior: $0.ring) }
        return polygons.count == 1 ? .polygon(polygons[0]) : .multiPolygon(polygons)
    }

    private var ring: [Coordinate] {
        [(west, south), (east, south), (east, north), (west, north), (west, south)]
            .map { Coordinate(longitude: $0.0, latitude: $0.1) }
    }
}

extension BoundingBox {
    /// The smallest box around all parts. It crosses the antimeridian when the widest empty stretch of longitudes lies
    /// elsewhere; a single line or ring never crosses (RFC 7946 §3.1.9 has it cut there).
    public init?(of geometry: Geometry) {
        self.init(ofParts: geometry.parts)
    }

    /// The smallest box around several geometries.
    public init?(of geometries: some Sequence<Geometry>) {
        self.init(ofParts: geometries.flatMap(\.parts))
    }

    private init?(ofParts parts: [[Coordinate]]) {
        var spans: [(west: Double, east: Double)] = []
        var (south, north) = (Double.infinity, -Double.infinity)
        for part in parts {
            guard let first = part.first else { continue }
            var span = (west: first.longitude, east: first.longitude)
            for place in part {
                span = (min(span.west, place.longitude), max(span.east, place.longitude))
                (south, north) = (min(south, place.latitude), max(north, place.latitude))
            }
            spans.append(span)
        }
        guard let (west, east) = Self.shortestArc(over: spans) else { return nil }
        self.init(west: west, south: south, east: east, north: north)
    }

    private static func shortestArc(over spans: [(west: Double, east: Double)]) -> (Double, Double)? {
        let sorted = spans.sorted { $0.west < $1.west }
        guard let first = sorted.first else { return nil }
        var reach = first.east
        var widest = (gap: 0.0, from: 0.0, to: 0.0)
        for span in sorted.dropFirst() {
            if span.west - reach > widest.gap { widest = (span.west - reach, reach, span.west) }
            reach = max(reach, span.east)
        }
        let around = first.west + 360 - reach
        return widest.gap > around ? (widest.to, widest.from) : (first.west, reach)
    }
}
