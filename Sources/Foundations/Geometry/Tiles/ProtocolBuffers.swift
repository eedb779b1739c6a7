/// Writes the few wire types of Protocol Buffers that a vector tile needs.
struct ProtocolBuffersWriter {
    private(set) var bytes: [UInt8] = []

    mutating func varint(_ value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }

    mutating func field(_ number: UInt64, varint value: UInt64) {
        varint(number << 3)
        varint(value)
    }

    mutating func field(_ number: UInt64, double value: Double) {
        varint(number << 3 | 1)
        withUnsafeBytes(of: value.bitPattern.littleEndian) { bytes.append(contentsOf: $0) }
    }

    mutating func field(_ number: UInt64, bytes content: some Collection<UInt8>) {
        varint(number << 3 | 2)
        varint(UInt64(content.count))
        bytes.append(contentsOf: content)
    }

    mutating func field(_ number: UInt64, packed values: [UInt32]) {
        var content = ProtocolBuffersWriter()
        for value in values { content.varint(UInt64(value)) }
        field(number, bytes: content.bytes)
    }
}

/// Reads fields of Protocol Buffers one after another.
struct ProtocolBuffersReader {
    enum Content {
        case varint(UInt64)
        case fixed(UInt64)
        case bytes(ArraySlice<UInt8>)
    }

    private let bytes: ArraySlice<UInt8>
    private var offset: Int

    init(_ bytes: ArraySlice<UInt8>) {
        self.bytes = bytes
        offset = bytes.startIndex
    }

    var isAtEnd: Bool { offset >= bytes.endIndex }

    mutating func varint() throws(GeometryError) -> UInt64 {
        var value: UInt64 = 0
        for shift in stride(from: UInt64(0), to: 70, by: 7) {
            guard offset < bytes.endIndex else { break }
            let byte = bytes[offset]
            offset += 1
            value |= UInt64(byte & 0x7f) << shift
            if byte < 0x80 { return value }
        }
        throw malformed("A number that does not end")
    }

    mutating func field() throws(GeometryError) -> (number: UInt64, content: Content) {
        let key = try varint()
        switch key & 7 {
        case 0: return (key >> 3, .varint(try varint()))
        case 1: return (key >> 3, .fixed(try fixed(8)))
        case 2:
            let count = try varint()
            guard count <= UInt64(bytes.endIndex - offset) else { throw malformed("A field longer than the bytes") }
            defer { offset += Int(count) }
            return (key >> 3, .bytes(bytes[offset..<offset + Int(count)]))
        case 5: return (key >> 3, .fixed(try fixed(4)))
        default: throw malformed("Unknown wire type \(key & 7)")
        }
    }

    private mutating func fixed(_ size: Int) throws(GeometryError) -> UInt64 {
        guard bytes.endIndex - offset >= size else { throw malformed("The bytes end early") }
        defer { offset += size }
        return (0..<size).reversed().reduce(0) { $0 << 8 | UInt64(bytes[offset + $1]) }
    }

    private func malformed(_ what: String) -> GeometryError { GeometryError(.malformed(offset: offset, what)) }
}
