import CGEOS
import Foundation

extension Coordinate {
    /// Metres along the surface of WGS 84.
    public func distance(to other: Coordinate) -> Double {
        Ellipsoid.vincenty(self, other) ?? Ellipsoid.haversine(self, other)
    }
}

extension Geometry {
    /// Metres between the nearest points of the two, 0 when they meet; infinite when one is empty.
    ///
    /// The nearest points are found on a plane around the first position of `other` and then measured on WGS 84:
    /// exact for points, and within a thousandth where the two lie within some 300 km.
    public func distance(to other: Geometry) throws(GeometryError) -> Double {
        if case .point(let mine) = self, case .point(let its) = other { return mine.distance(to: its) }
        guard let origin = other.parts.lazy.compactMap(\.first).first, !isEmpty else { return .infinity }
        let plane = LocalPlane(origin: origin)
        return try GEOS.with { context throws(GeometryError) in
            let mine = try GEOSShape(plane.project(self), context)
            let its = try GEOSShape(plane.project(other), context)
            guard let nearest = GEOSNearestPoints_r(context.handle, mine.pointer, its.pointer) else {
                throw context.failure
            }
            defer { GEOSCoordSeq_destroy_r(context.handle, nearest) }
            var pair = [0.0, 0.0, 0.0, 0.0]
            for index in 0..<2 {
                GEOSCoordSeq_getX_r(context.handle, nearest, UInt32(index), &pair[index * 2])
                GEOSCoordSeq_getY_r(context.handle, nearest, UInt32(index), &pair[index * 2 + 1])
            }
            return plane.unproject(pair[0], pair[1]).distance(to: plane.unproject(pair[2], pair[3]))
        }
    }

    /// Square metres on the sphere of WGS 84's equal area (within 0.2 % for land the size of a municipality).
    public var area: Double {
        polygons.reduce(0) { sum, polygon in
            sum + abs(polygon.exterior.sphericalArea) - polygon.holes.reduce(0) { $0 + abs($1.sphericalArea) }
        }
    }

    /// The same geometry with each position put through a function.
    public func mapped(_ transform: (Coordinate) -> Coordinate) -> Geometry {
        func polygon(_ polygon: Polygon) -> Polygon {
            Polygon(exterior: polygon.exterior.map(transform), holes: polygon.holes.map { $0.map(transform) })
        }
        return switch self {
        case .point(let place): .point(transform(place))
        case .multiPoint(let places): .multiPoint(places.map(transform))
        case .lineString(let line): .lineString(line.map(transform))
        case .multiLineString(let lines): .multiLineString(lines.map { $0.map(transform) })
        case .polygon(let part): .polygon(polygon(part))
        case .multiPolygon(let parts): .multiPolygon(parts.map(polygon))
        case .geometryCollection(let members): .geometryCollection(members.map { $0.mapped(transform) })
        }
    }
}

/// A plane that touches WGS 84 at a place; x and y are metres there and lie in the fields of a ``Coordinate``.
private struct LocalPlane {
    let origin: Coordinate
    private let scale: (longitude: Double, latitude: Double)

    init(origin: Coordinate) {
        self.origin = origin
        let lengths = Ellipsoid.degreeLengths(at: origin.latitude)
        scale = (max(lengths.longitude, 1e-6), lengths.latitude)
    }

    func project(_ geometry: Geometry) -> Geometry {
        geometry.mapped { place in
            // The shorter way round, so that places on both sides of the antimeridian are near.
            var degrees = place.longitude - origin.longitude
            if degrees > 180 { degrees -= 360 } else if degrees < -180 { degrees += 360 }
            return Coordinate(
                longitude: degrees * scale.longitude, latitude: (place.latitude - origin.latitude) * scale.latitude)
        }
    }

    func unproject(_ x: Double, _ y: Double) -> Coordinate {
        Coordinate(longitude: origin.longitude + x / scale.longitude, latitude: origin.latitude + y / scale.latitude)
    }
}

extension [Coordinate] {
    /// Square metres of a ring on the authalic sphere, by the trapezium rule on sin(latitude); sign by direction.
    fileprivate var sphericalArea: Double {
        let authalicRadius = 6_371_007.180_9
        let sum = zip(self, dropFirst()).reduce(0.0) { sum, side in
            let width = Ellipsoid.radians(side.1.longitude - side.0.longitude)
            let heights = sin(Ellipsoid.radians(side.0.latitude)) + sin(Ellipsoid.radians(side.1.latitude))
            return sum - width * heights / 2
        }
        return sum * authalicRadius * authalicRadius
    }
}

extension BoundingBox {
    /// A box that holds every place within so many metres of the given one; also across the antimeridian and the poles.
    public init(around place: Coordinate, radius metres: Double) {
        self = BoundingBox(west: place.longitude, south: place.latitude, east: place.longitude, north: place.latitude)
            .expanded(byMetres: metres)
    }

    /// The box grown on every side by at least so many metres.
    public func expanded(byMetres metres: Double) -> BoundingBox {
        // 110,574 m is the shortest degree of latitude; one per mille on top covers the sphere's error.
        let degrees = metres * 1.001 / 110_574
        let (low, high) = (south - degrees, north + degrees)
        guard low > -90, high < 90 else {
            return BoundingBox(west: -180, south: max(low, -90), east: 180, north: min(high, 90))
        }
        let furthest = max(abs(low), abs(high))
        let sideways = metres * 1.001 / max(Ellipsoid.degreeLengths(at: furthest).longitude, 1e-6)
        guard width + 2 * sideways < 360 else { return BoundingBox(west: -180, south: low, east: 180, north: high) }
        return BoundingBox(west: Self.wrap(west - sideways), south: low, east: Self.wrap(east + sideways), north: high)
    }

    private static func wrap(_ longitude: Double) -> Double {
        longitude < -180 ? longitude + 360 : longitude > 180 ? longitude - 360 : longitude
    }
}
