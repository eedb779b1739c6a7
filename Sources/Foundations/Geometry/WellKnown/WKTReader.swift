/// Reads well-known text (OGC 06-103r4 §7), also with `SRID=4326;` before it, `Z`, `M`, `ZM` and `EMPTY`. M values are dropped.
struct WKTReader {
    private let text: [UInt8]
    private let limits: GeometryLimits
    private var offset = 0
    private var positions = 0

    init(_ text: String, limits: GeometryLimits) {
        self.text = Array(text.utf8)
        self.limits = limits
    }

    mutating func whole() throws(GeometryError) -> Geometry {
        try reference()
        let geometry = try geometry(depth: 1)
        skipSpace()
        guard offset == text.count else { throw malformed("Text after the geometry") }
        return geometry
    }

    private mutating func reference() throws(GeometryError) {
        let start = offset
        guard word() == "SRID" else {
            offset = start
            return
        }
        try expect("=")
        guard try number() == 4326 else { throw malformed("Only SRID 4326 (WGS 84) can be read") }
        try expect(";")
    }

    private mutating func geometry(depth: Int) throws(GeometryError) -> Geometry {
        guard depth <= limits.depth else { throw GeometryError(.tooDeep(limit: limits.depth)) }
        let type = word()
        var measured = false
        let start = offset
        let qualifier = word()
        switch qualifier {
        case "Z": break
        case "M", "ZM": measured = true
        default: offset = start
        }
        if try empty() { return try emptyGeometry(type) }
        let dimensions = Dimensions(onlyMeasure: qualifier == "M", measured: measured)
        return try shape(type, dimensions, depth)
    }

    private struct Dimensions {
        var onlyMeasure: Bool
        var measured: Bool
    }

    private mutating func shape(_ type: String, _ dimensions: Dimensions, _ depth: Int) throws(GeometryError)
        -> Geometry
    {
        switch type {
        case "POINT":
            try expect("(")
            let place = try position(dimensions)
            try expect(")")
            return .point(place)
        case "LINESTRING": return .lineString(try line(dimensions, atLeast: 2))
        case "POLYGON": return .polygon(try polygon(dimensions))
        case "MULTIPOINT":
            return .multiPoint(try list { r throws(GeometryError) in try r.multiPointMember(dimensions) })
        case "MULTILINESTRING":
            return .multiLineString(try list { r throws(GeometryError) in try r.line(dimensions, atLeast: 2) })
        case "MULTIPOLYGON": return .multiPolygon(try list { r throws(GeometryError) in try r.polygon(dimensions) })
        case "GEOMETRYCOLLECTION":
            return .geometryCollection(try list { r throws(GeometryError) in try r.geometry(depth: depth + 1) })
        default: throw malformed("Expected a geometry type such as POINT")
        }
    }

    private func emptyGeometry(_ type: String) throws(GeometryError) -> Geometry {
        switch type {
        case "POINT", "MULTIPOINT": .multiPoint([])
        case "LINESTRING", "MULTILINESTRING": .multiLineString([])
        case "POLYGON", "MULTIPOLYGON": .multiPolygon([])
        case "GEOMETRYCOLLECTION": .geometryCollection([])
        default: throw malformed("Expected a geometry type such as POINT")
        }
    }

    private mutating func polygon(_ dimensions: Dimensions) throws(GeometryError) -> Polygon {
        let rings = try list { reader throws(GeometryError) in
            let ring = try reader.line(dimensions, atLeast: 4)
            guard let first = ring.first, let last = ring.last, first.isSamePlace(as: last) else {
                throw GeometryError(.ringNotClosed)
            }
            return ring
        }
        return Polygon(exterior: rings[0], holes: Array(rings.dropFirst()))
    }

    private mutating func line(_ dimensions: Dimensions, atLeast needed: Int) throws(GeometryError) -> [Coordinate] {
        let line = try list { reader throws(GeometryError) in try reader.position(dimensions) }
        guard line.count >= needed else { throw GeometryError(.tooFewPositions(needed: needed, found: line.count)) }
        return line
    }

    /// Both `MULTIPOINT ((1 2), (3 4))` and the older `MULTIPOINT (1 2, 3 4)`.
    private mutating func multiPointMember(_ dimensions: Dimensions) throws(GeometryError) -> Coordinate {
        guard peek("(") else { return try position(dimensions) }
        try expect("(")
        let place = try position(dimensions)
        try expect(")")
        return place
    }

    /// One or more items in parentheses, separated by commas.
    private mutating func list<T>(
        _ item: (inout WKTReader) throws(GeometryError) -> T
    ) throws(GeometryError) -> [T] {
        try expect("(")
        var items = [try item(&self)]
        while peek(",") {
            try expect(",")
            items.append(try item(&self))
        }
        try expect(")")
        return items
    }

    private mutating func position(_ dimensions: Dimensions) throws(GeometryError) -> Coordinate {
        positions += 1
        guard positions <= limits.positions else { throw GeometryError(.tooManyPositions(limit: limits.positions)) }
        var place = Coordinate(longitude: try number(), latitude: try number())
        if !peek(","), !peek(")") {
            let third = try number()
            if !dimensions.onlyMeasure { place.altitude = third }
        }
        if dimensions.measured, !dimensions.onlyMeasure { _ = try number() }
        return try GeoJSONReader.checked(place)
    }
}

extension WKTReader {
    private mutating func skipSpace() {
        while offset < text.count, [0x20, 0x09, 0x0a, 0x0d].contains(text[offset]) { offset += 1 }
    }

    /// The next letters in upper case; empty when something else follows.
    private mutating func word() -> String {
        skipSpace()
        let start = offset
        while offset < text.count, (text[offset] | 0x20) >= 0x61, (text[offset] | 0x20) <= 0x7a { offset += 1 }
        return String(decoding: text[start..<offset], as: UTF8.self).uppercased()
    }

    private mutating func empty() throws(GeometryError) -> Bool {
        guard !peek("(") else { return false }
        guard word() == "EMPTY" else { throw malformed("Expected ( or EMPTY") }
        return true
    }

    private mutating func number() throws(GeometryError) -> Double {
        skipSpace()
        let start = offset
        while offset < text.count, Self.numberBytes.contains(text[offset]) { offset += 1 }
        guard let value = Double(String(decoding: text[start..<offset], as: UTF8.self)), value.isFinite else {
            throw malformed("Expected a number")
        }
        return value
    }

    private mutating func peek(_ character: Unicode.Scalar) -> Bool {
        skipSpace()
        return offset < text.count && text[offset] == UInt8(ascii: character)
    }

    private mutating func expect(_ character: Unicode.Scalar) throws(GeometryError) {
        guard peek(character) else { throw malformed("Expected \(character)") }
        offset += 1
    }

    private func malformed(_ what: String) -> GeometryError { GeometryError(.malformed(offset: offset, what)) }

    private static let numberBytes = Set("+-.0123456789eE".utf8)
}
