/// Which of many regions holds a place: by box first, then exactly. Any thread may use it.
public struct RegionIndex<ID: Sendable & Hashable>: Sendable {
    private struct Region: Sendable {
        var id: ID
        var box: BoundingBox
        var shape: PreparedGeometry
    }

    private let regions: [Region]

    /// Regions are asked in this order; empty ones are left out.
    public init(_ regions: [(id: ID, geometry: Geometry)]) throws(GeometryError) {
        var list: [Region] = []
        for (id, geometry) in regions {
            let shape = try PreparedGeometry(geometry)
            if let box = shape.boundingBox { list.append(Region(id: id, box: box, shape: shape)) }
        }
        self.regions = list
    }

    public var ids: [ID] { regions.map(\.id) }

    /// The first region that holds the place, borders included; `nil` outside all.
    public func region(at place: Coordinate) throws(GeometryError) -> ID? {
        for region in regions where region.box.contains(place) {
            if try region.shape.covers(.point(place)) { return region.id }
        }
        return nil
    }

    /// All regions that hold the place, borders included.
    public func regions(at place: Coordinate) throws(GeometryError) -> [ID] {
        var found: [ID] = []
        for region in regions where region.box.contains(place) {
            if try region.shape.covers(.point(place)) { found.append(region.id) }
        }
        return found
    }

    /// The region nearest to a place, and how many metres away; a region that holds the place is 0 m away.
    public func nearest(to place: Coordinate) throws(GeometryError) -> (id: ID, metres: Double)? {
        var best: (id: ID, metres: Double)?
        for region in regions {
            let metres = try region.shape.distance(to: .point(place))
            if metres < best?.metres ?? .infinity { best = (region.id, metres) }
        }
        return best
    }
}
