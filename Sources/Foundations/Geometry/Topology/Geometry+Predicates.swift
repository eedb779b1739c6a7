import CGEOS

/// Relations of Simple Features on the plane of degrees; boundaries count as GEOS counts them (DE-9IM).
extension Geometry {
    public func intersects(_ other: Geometry) throws(GeometryError) -> Bool { try relate(other, GEOSIntersects_r) }

    public func disjoint(_ other: Geometry) throws(GeometryError) -> Bool { try relate(other, GEOSDisjoint_r) }

    /// Whether no point of `other` lies outside and the interiors meet; a point on the border is not contained.
    public func contains(_ other: Geometry) throws(GeometryError) -> Bool { try relate(other, GEOSContains_r) }

    public func within(_ other: Geometry) throws(GeometryError) -> Bool { try relate(other, GEOSWithin_r) }

    /// Whether both cover the same points, whatever the order of positions.
    public func equals(_ other: Geometry) throws(GeometryError) -> Bool { try relate(other, GEOSEquals_r) }

    public func overlaps(_ other: Geometry) throws(GeometryError) -> Bool { try relate(other, GEOSOverlaps_r) }

    public func touches(_ other: Geometry) throws(GeometryError) -> Bool { try relate(other, GEOSTouches_r) }

    private func relate(
        _ other: Geometry, _ predicate: (GEOSContextHandle_t, OpaquePointer?, OpaquePointer?) -> CChar
    ) throws(GeometryError) -> Bool {
        try GEOS.with { context throws(GeometryError) in
            let (mine, its) = (try GEOSShape(self, context), try GEOSShape(other, context))
            return try GEOS.answer(predicate(context.handle, mine.pointer, its.pointer), context)
        }
    }
}

extension Geometry {
    /// Why GEOS finds the geometry invalid, and where; `nil` when it is valid.
    public func invalidity() throws(GeometryError) -> Invalidity? {
        try GEOS.with { context throws(GeometryError) in
            let shape = try GEOSShape(self, context)
            var reason: UnsafeMutablePointer<CChar>?
            var location: OpaquePointer?
            let code = GEOSisValidDetail_r(context.handle, shape.pointer, 0, &reason, &location)
            defer { if let reason { GEOSFree_r(context.handle, reason) } }
            let place = location == nil ? nil : try GEOSShape(taking: location, context).geometry(context)
            guard try !GEOS.answer(code, context) else { return nil }
            let words = reason.map { String(cString: $0) } ?? "unknown"
            if case .point(let coordinate) = place { return Invalidity(reason: words, location: coordinate) }
            return Invalidity(reason: words, location: nil)
        }
    }

    /// What is wrong with a geometry, in the words of GEOS ("Self-intersection"), and where.
    public struct Invalidity: Sendable, Hashable {
        public var reason: String
        public var location: Coordinate?

        public init(reason: String, location: Coordinate?) {
            self.reason = reason
            self.location = location
        }
    }
}
