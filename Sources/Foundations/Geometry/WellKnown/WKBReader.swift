/// Reads well-known binary, ISO (types 1001, 2001, 3001 …) and EWKB (flags, SRID), of either byte order. M values are dropped.
struct WKBReader {
    private let bytes: [UInt8]
    private let limits: GeometryLimits
    private var offset = 0
    private var bigEndian = false
    private var positions = 0

    private struct Header {
        var code: UInt32
        var hasAltitude: Bool
        var hasMeasure: Bool
    }

    init(_ bytes: [UInt8], limits: GeometryLimits) {
        self.bytes = bytes
        self.limits = limits
    }

    mutating func whole() throws(GeometryError) -> Geometry {
        let geometry = try read(depth: 1)
        guard offset == bytes.count else { throw malformed("Bytes after the geometry") }
        return geometry
    }

    private mutating func read(depth: Int) throws(GeometryError) -> Geometry {
        guard depth <= limits.depth else { throw GeometryError(.tooDeep(limit: limits.depth)) }
        let header = try header()
        switch header.code {
        case 1: return .point(try position(header))
        case 2: return .lineString(try line(header, atLeast: 2))
        case 3: return try polygon(header)
        case 4: return .multiPoint(try members(depth) { if case .point(let place) = $0 { place } else { nil } })
        case 5: return .multiLineString(try members(depth) { if case .lineString(let line) = $0 { line } else { nil } })
        case 6: return .multiPolygon(try members(depth) { if case .polygon(let part) = $0 { part } else { nil } })
        case 7: return .geometryCollection(try members(depth) { $0 })
        default: throw malformed("Unknown geometry type \(header.code)")
        }
    }

    private mutating func header() throws(GeometryError) -> Header {
        switch try byte() {
        case 0: bigEndian = true
        case 1: bigEndian = false
        default: throw malformed("Unknown byte order")
        }
        let raw = try integer()
        if raw & 0x2000_0000 != 0 { _ = try integer() }
        let plain = raw & 0x0fff_ffff
        let range = plain / 1000
        guard range <= 3 else { throw malformed("Unknown geometry type \(plain)") }
        return Header(
            code: plain % 1000, hasAltitude: raw & 0x8000_0000 != 0 || range == 1 || range == 3,
            hasMeasure: raw & 0x4000_0000 != 0 || range == 2 || range == 3)
    }

    /// An empty polygon, which Simple Features allows, becomes an empty multi-polygon.
    private mutating func polygon(_ header: Header) throws(GeometryError) -> Geometry {
        let count = try count(of: 4)
        guard count > 0 else { return .multiPolygon([]) }
        let exterior = try ring(header)
        var holes: [[Coordinate]] = []
        for _ in 1..<count { holes.append(try ring(header)) }
        return .polygon(Polygon(exterior: exterior, holes: holes))
    }

    private mutating func ring(_ header: Header) throws(GeometryError) -> [Coordinate] {
        let ring = try line(header, atLeast: 4)
        guard let first = ring.first, let last = ring.last, first.isSamePlace(as: last) else {
            throw GeometryError(.ringNotClosed)
        }
        return ring
    }

    private mutating func line(_ header: Header, atLeast needed: Int) throws(GeometryError) -> [Coordinate] {
        let count = try count(of: 16)
        guard count >= needed else { throw GeometryError(.tooFewPositions(needed: needed, found: count)) }
        var places: [Coordinate] = []
        places.reserveCapacity(count)
        for _ in 0..<count { places.append(try position(header)) }
        return places
    }

    private mutating func members<T>(_ depth: Int, _ pick: (Geometry) -> T?) throws(GeometryError) -> [T] {
        let count = try count(of: 5)
        var result: [T] = []
        for _ in 0..<count {
            guard let member = pick(try read(depth: depth + 1)) else { throw malformed("A member of another type") }
            result.append(member)
        }
        return result
    }

    private mutating func position(_ header: Header) throws(GeometryError) -> Coordinate {
        positions += 1
        guard positions <= limits.positions else { throw GeometryError(.tooManyPositions(limit: limits.positions)) }
        let (longitude, latitude) = (try number(), try number())
        let altitude = header.hasAltitude ? try number() : .nan
        if header.hasMeasure { _ = try number() }
        guard longitude.isFinite, latitude.isFinite else { throw malformed("A coordinate that is not a number") }
        return try GeoJSONReader.checked(
            Coordinate(longitude: longitude, latitude: latitude, altitude: altitude.isFinite ? altitude : nil))
    }

    /// A count whose items, of at least this many bytes each, can still follow; so that a lie allocates nothing.
    private mutating func count(of size: Int) throws(GeometryError) -> Int {
        let count = Int(try integer())
        guard count <= (bytes.count - offset) / size else {
            throw malformed("A count larger than the bytes that follow")
        }
        return count
    }

    private mutating func byte() throws(GeometryError) -> UInt8 {
        guard offset < bytes.count else { throw malformed("The bytes end early") }
        defer { offset += 1 }
        return bytes[offset]
    }

    private mutating func integer() throws(GeometryError) -> UInt32 { UInt32(truncatingIfNeeded: try word(4)) }

    private mutating func number() throws(GeometryError) -> Double { Double(bitPattern: try word(8)) }

    private mutating func word(_ size: Int) throws(GeometryError) -> UInt64 {
        guard bytes.count - offset >= size else { throw malformed("The bytes end early") }
        defer { offset += size }
        return (0..<size).reduce(0) { word, index in
            word << 8 | UInt64(bytes[offset + (bigEndian ? index : size - 1 - index)])
        }
    }

    private func malformed(_ what: String) -> GeometryError { GeometryError(.malformed(offset: offset, what)) }
}
