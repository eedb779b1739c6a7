import CGEOS

/// New geometries from old, on the plane of degrees. Altitudes are dropped. An empty result is an empty collection.
extension Geometry {
    /// The centre of gravity of the highest dimension present; may lie outside. `nil` for an empty geometry.
    public func centroid() throws(GeometryError) -> Coordinate? { try place(GEOSGetCentroid_r) }

    /// A point certainly on or in the geometry. `nil` for an empty one.
    public func pointOnSurface() throws(GeometryError) -> Coordinate? { try place(GEOSPointOnSurface_r) }

    /// Fewer positions, none further than `tolerance` degrees from the line; rings stay valid (topology preserving).
    public func simplified(tolerance: Double) throws(GeometryError) -> Geometry {
        try make { GEOSTopologyPreserveSimplify_r($0, $1, tolerance) }
    }

    /// The part inside the box, by GEOS's fast rectangle clip. A box across the antimeridian is clipped as two.
    public func clipped(to box: BoundingBox) throws(GeometryError) -> Geometry {
        var pieces: [Geometry] = []
        for half in box.split {
            let piece = try make { GEOSClipByRect_r($0, $1, half.west, half.south, half.east, half.north) }
            if !piece.isEmpty { pieces.append(piece) }
        }
        return pieces.count == 1 ? pieces[0] : .geometryCollection(pieces)
    }

    /// A valid geometry made of the same line work.
    public func repaired() throws(GeometryError) -> Geometry { try make { GEOSMakeValid_r($0, $1) } }

    public func intersection(_ other: Geometry) throws(GeometryError) -> Geometry {
        try combine(other, GEOSIntersection_r)
    }

    public func union(_ other: Geometry) throws(GeometryError) -> Geometry { try combine(other, GEOSUnion_r) }

    /// The union of many geometries at once, which is faster than one by one.
    public static func union(of geometries: [Geometry]) throws(GeometryError) -> Geometry {
        try Geometry.geometryCollection(geometries).make { GEOSUnaryUnion_r($0, $1) }
    }

    /// Square degrees; for square metres see ``area``.
    func planarArea() throws(GeometryError) -> Double {
        try GEOS.with { context throws(GeometryError) in
            var area = 0.0
            guard GEOSArea_r(context.handle, try GEOSShape(self, context).pointer, &area) == 1 else {
                throw context.failure
            }
            return area
        }
    }

    func make(_ body: (GEOSContextHandle_t, OpaquePointer) -> OpaquePointer?) throws(GeometryError) -> Geometry {
        try GEOS.with { context throws(GeometryError) in
            let shape = try GEOSShape(self, context)
            return try GEOSShape(taking: body(context.handle, shape.pointer), context).geometry(context)
        }
    }

    private func combine(
        _ other: Geometry, _ body: (GEOSContextHandle_t, OpaquePointer?, OpaquePointer?) -> OpaquePointer?
    ) throws(GeometryError) -> Geometry {
        try GEOS.with { context throws(GeometryError) in
            let (mine, its) = (try GEOSShape(self, context), try GEOSShape(other, context))
            return try GEOSShape(taking: body(context.handle, mine.pointer, its.pointer), context).geometry(context)
        }
    }

    private func place(
        _ body: (GEOSContextHandle_t, OpaquePointer?) -> OpaquePointer?
    ) throws(GeometryError) -> Coordinate? {
        guard case .point(let place) = try make({ body($0, $1) }) else { return nil }
        return place
    }
}
