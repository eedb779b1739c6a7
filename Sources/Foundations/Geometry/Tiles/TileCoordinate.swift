import Foundation

/// A tile of the Web Mercator pyramid (EPSG:3857): zoom, column from the west, row from the north.
public struct TileCoordinate: Sendable, Hashable {
    public let zoom: Int
    public let x: Int
    public let y: Int

    /// `nil` when the zoom is not 0 … 24 or the tile lies outside the pyramid.
    public init?(zoom: Int, x: Int, y: Int) {
        guard (0...24).contains(zoom), x >= 0, y >= 0, x < 1 << zoom, y < 1 << zoom else { return nil }
        (self.zoom, self.x, self.y) = (zoom, x, y)
    }

    /// The tile that holds a place; `nil` beyond the zooms 0 … 24. Places nearer to the poles than the map go to its edge.
    public init?(containing place: Coordinate, zoom: Int) {
        guard (0...24).contains(zoom) else { return nil }
        let side = 1 << zoom
        let point = WebMercator.project(place)
        self.init(
            zoom: zoom, x: min(max(Int(point.x * Double(side)), 0), side - 1),
            y: min(max(Int(point.y * Double(side)), 0), side - 1))
    }

    /// The tile's edges in degrees.
    public var boundingBox: BoundingBox { boundingBox(buffer: 0) }

    /// The edges with a margin on each side, as a share of the tile's width.
    public func boundingBox(buffer: Double) -> BoundingBox {
        let side = Double(1 << zoom)
        let northWest = WebMercator.unproject(x: (Double(x) - buffer) / side, y: (Double(y) - buffer) / side)
        let southEast = WebMercator.unproject(x: (Double(x) + 1 + buffer) / side, y: (Double(y) + 1 + buffer) / side)
        return BoundingBox(
            west: max(northWest.longitude, -180), south: southEast.latitude, east: min(southEast.longitude, 180),
            north: northWest.latitude)
    }
}

/// Web Mercator as a unit square: x from the antimeridian eastwards, y from 85.05° N southwards.
public enum WebMercator {
    /// The latitude where the square map ends, in degrees.
    public static let maximumLatitude = 85.051_128_779_806_6

    public static func project(_ place: Coordinate) -> (x: Double, y: Double) {
        let latitude = min(max(place.latitude, -maximumLatitude), maximumLatitude)
        let sine = sin(latitude * .pi / 180)
        return (place.longitude / 360 + 0.5, 0.5 - log((1 + sine) / (1 - sine)) / (4 * .pi))
    }

    public static func unproject(x: Double, y: Double) -> Coordinate {
        Coordinate(longitude: (x - 0.5) * 360, latitude: atan(sinh(.pi * (1 - 2 * y))) * 180 / .pi)
    }

    /// Metres on the ground of one pixel at a latitude and zoom, for tiles of 256 pixels.
    public static func metresPerPixel(latitude: Double, zoom: Double) -> Double {
        cos(latitude * .pi / 180) * 2 * .pi * Ellipsoid.equatorialRadius / (256 * exp2(zoom))
    }
}
