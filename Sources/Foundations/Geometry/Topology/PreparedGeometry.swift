import CGEOS
import Synchronization

/// A geometry made ready to be compared with many others. Any thread may use it.
public final class PreparedGeometry: @unchecked Sendable {
    // GEOS builds a prepared geometry's inner indexes on first use, without a lock: `turn` lets one thread in at a time.
    private let prepared: OpaquePointer
    private let shape: GEOSShape
    private let turn = Mutex(())

    public let geometry: Geometry
    /// `nil` when the geometry is empty.
    public let boundingBox: BoundingBox?

    public init(_ geometry: Geometry) throws(GeometryError) {
        self.geometry = geometry
        boundingBox = BoundingBox(of: geometry)
        (shape, prepared) = try GEOS.with { context throws(GeometryError) in
            let shape = try GEOSShape(geometry, context)
            guard let prepared = GEOSPrepare_r(context.handle, shape.pointer) else { throw context.failure }
            return (shape, prepared)
        }
    }

    deinit {
        try? GEOS.with { context throws(GeometryError) in GEOSPreparedGeom_destroy_r(context.handle, prepared) }
    }

    /// Whether `other` lies inside and touches the interior; a point on the border is not contained.
    public func contains(_ other: Geometry) throws(GeometryError) -> Bool { try relate(other, GEOSPreparedContains_r) }

    /// Whether no point of `other` lies outside; a point on the border is covered.
    public func covers(_ other: Geometry) throws(GeometryError) -> Bool { try relate(other, GEOSPreparedCovers_r) }

    public func intersects(_ other: Geometry) throws(GeometryError) -> Bool {
        try relate(other, GEOSPreparedIntersects_r)
    }

    public func disjoint(_ other: Geometry) throws(GeometryError) -> Bool { try relate(other, GEOSPreparedDisjoint_r) }

    public func overlaps(_ other: Geometry) throws(GeometryError) -> Bool { try relate(other, GEOSPreparedOverlaps_r) }

    /// Whether this geometry lies inside `other`.
    public func within(_ other: Geometry) throws(GeometryError) -> Bool { try relate(other, GEOSPreparedWithin_r) }

    /// Metres between the nearest points; 0 when they meet. See ``Geometry/distance(to:)``.
    public func distance(to other: Geometry) throws(GeometryError) -> Double { try geometry.distance(to: other) }

    func contains(_ place: Coordinate) throws(GeometryError) -> Bool { try contains(.point(place)) }

    private func relate(
        _ other: Geometry, _ predicate: (GEOSContextHandle_t, OpaquePointer?, OpaquePointer?) -> CChar
    ) throws(GeometryError) -> Bool {
        try GEOS.with { context throws(GeometryError) in
            let its = try GEOSShape(other, context)
            let code = turn.withLock { _ in predicate(context.handle, prepared, its.pointer) }
            return try GEOS.answer(code, context)
        }
    }
}
