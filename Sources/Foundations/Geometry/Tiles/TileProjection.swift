/// Brings geometries into one tile: projects, clips to the tile and its buffer, simplifies and rounds.
public struct TileProjection: Sendable {
    public let tile: TileCoordinate
    /// Units across the tile.
    public let extent: Int
    /// Units kept beyond each edge, so that lines and labels join with the neighbours.
    public let buffer: Int
    /// Units that a left-out position may lie off the line.
    public let tolerance: Double

    public init(_ tile: TileCoordinate, extent: Int = 4096, buffer: Int = 64, tolerance: Double = 1) {
        self.tile = tile
        self.extent = extent
        self.buffer = buffer
        self.tolerance = tolerance
    }

    /// The geographic box that can leave a mark in the tile.
    public var boundingBox: BoundingBox { tile.boundingBox(buffer: Double(buffer) / Double(extent)) }

    /// The shape in tile units; `nil` when nothing of it is left. A collection gives its highest dimension.
    public func shape(of geometry: Geometry) -> VectorTile.Shape? {
        switch geometry {
        case .point(let place): points([place])
        case .multiPoint(let places): points(places)
        case .lineString(let line): lines([line])
        case .multiLineString(let list): lines(list)
        case .polygon(let polygon): rings([polygon])
        case .multiPolygon(let polygons): rings(polygons)
        case .geometryCollection(let members): collection(members)
        }
    }

    private func collection(_ members: [Geometry]) -> VectorTile.Shape? {
        var (points, lines, rings): ([VectorTile.Point], [[VectorTile.Point]], [[VectorTile.Point]]) = ([], [], [])
        for member in members {
            switch shape(of: member) {
            case .points(let more): points += more
            case .lines(let more): lines += more
            case .rings(let more): rings += more
            case nil: break
            }
        }
        if !rings.isEmpty { return .rings(rings) }
        if !lines.isEmpty { return .lines(lines) }
        return points.isEmpty ? nil : .points(points)
    }

    private func points(_ places: [Coordinate]) -> VectorTile.Shape? {
        let inside = places.map(project).filter(clip.contains).map(\.rounded)
        return inside.isEmpty ? nil : .points(inside)
    }

    private func lines(_ lines: [[Coordinate]]) -> VectorTile.Shape? {
        let pieces = lines.flatMap { clip.line($0.map(project)) }
            .map { LineSimplifier.simplify($0, tolerance: tolerance).map(\.rounded).withoutRepeats }
            .filter { $0.count >= 2 }
        return pieces.isEmpty ? nil : .lines(pieces)
    }

    private func rings(_ polygons: [Polygon]) -> VectorTile.Shape? {
        var result: [[VectorTile.Point]] = []
        for polygon in polygons {
            guard let exterior = ring(polygon.exterior, positive: true) else { continue }
            result.append(exterior)
            result += polygon.holes.compactMap { ring($0, positive: false) }
        }
        return result.isEmpty ? nil : .rings(result)
    }

    /// A ring, open, in the wanted direction; `nil` when it is too small to see.
    private func ring(_ places: [Coordinate], positive: Bool) -> [VectorTile.Point]? {
        let clipped = clip.ring(places.dropLast().map(project))
        guard let first = clipped.first else { return nil }
        let closed = LineSimplifier.simplify(clipped + [first], tolerance: tolerance)
        var points = closed.map(\.rounded).withoutRepeats
        if points.count > 1, points.first == points.last { points.removeLast() }
        guard points.count >= 3 else { return nil }
        let area = points.signedArea
        guard area != 0 else { return nil }
        return (area > 0) == positive ? points : points.reversed()
    }

    private var clip: TileClip {
        TileClip(low: Double(-buffer), high: Double(extent + buffer))
    }

    private func project(_ place: Coordinate) -> TilePosition {
        let point = WebMercator.project(place)
        let side = Double(1 << tile.zoom)
        return TilePosition(
            x: (point.x * side - Double(tile.x)) * Double(extent), y: (point.y * side - Double(tile.y)) * Double(extent)
        )
    }
}

/// A position in tile units before rounding.
struct TilePosition {
    var x: Double
    var y: Double

    var rounded: VectorTile.Point { VectorTile.Point(Int(x.rounded()), Int(y.rounded())) }
}

extension [VectorTile.Point] {
    var withoutRepeats: [VectorTile.Point] {
        var result: [VectorTile.Point] = []
        result.reserveCapacity(count)
        for point in self where result.last != point { result.append(point) }
        return result
    }

    /// Twice the area of an open ring by the surveyor's formula in tile units (y down).
    package var signedArea: Int {
        guard let last else { return 0 }
        var (sum, before) = (0, last)
        for point in self {
            sum += before.x * point.y - point.x * before.y
            before = point
        }
        return sum
    }
}
