/// Writes ISO well-known binary (OGC 06-103r4 §8), little-endian; Z types (1001 …) when asked for.
struct WKBWriter {
    private(set) var bytes: [UInt8] = []
    private let withAltitude: Bool

    init(withAltitude: Bool) { self.withAltitude = withAltitude }

    mutating func write(_ geometry: Geometry) {
        bytes.append(1)
        integer(Self.code(of: geometry) + (withAltitude ? 1000 : 0))
        switch geometry {
        case .point(let place): position(place)
        case .lineString(let line): positions(line)
        case .polygon(let polygon): rings(polygon)
        case .multiPoint(let places): members(places.map(Geometry.point))
        case .multiLineString(let lines): members(lines.map(Geometry.lineString))
        case .multiPolygon(let polygons): members(polygons.map(Geometry.polygon))
        case .geometryCollection(let geometries): members(geometries)
        }
    }

    private static func code(of geometry: Geometry) -> UInt32 {
        switch geometry {
        case .point: 1
        case .lineString: 2
        case .polygon: 3
        case .multiPoint: 4
        case .multiLineString: 5
        case .multiPolygon: 6
        case .geometryCollection: 7
        }
    }

    private mutating func members(_ geometries: [Geometry]) {
        integer(UInt32(geometries.count))
        for geometry in geometries { write(geometry) }
    }

    private mutating func rings(_ polygon: Polygon) {
        integer(UInt32(polygon.holes.count + 1))
        positions(polygon.exterior)
        for hole in polygon.holes { positions(hole) }
    }

    private mutating func positions(_ places: [Coordinate]) {
        integer(UInt32(places.count))
        bytes.reserveCapacity(bytes.count + places.count * 24)
        for place in places { position(place) }
    }

    private mutating func position(_ place: Coordinate) {
        number(place.longitude)
        number(place.latitude)
        if withAltitude { number(place.altitude ?? .nan) }
    }

    private mutating func integer(_ value: UInt32) {
        withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
    }

    private mutating func number(_ value: Double) {
        withUnsafeBytes(of: value.bitPattern.littleEndian) { bytes.append(contentsOf: $0) }
    }
}
