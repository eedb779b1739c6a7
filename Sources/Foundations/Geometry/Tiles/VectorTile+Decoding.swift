extension VectorTile {
    /// Reads a tile's bytes, uncompressed. Made to check what ``encoded()`` wrote and to read tiles of others.
    package init(decoding bytes: [UInt8]) throws(GeometryError) {
        var reader = ProtocolBuffersReader(bytes[...])
        layers = []
        while !reader.isAtEnd {
            let field = try reader.field()
            if field.number == 3, case .bytes(let content) = field.content {
                layers.append(try LayerDecoder.decode(content))
            }
        }
    }
}

private struct LayerDecoder {
    var layer = VectorTile.Layer(name: "")
    var keys: [String] = []
    var values: [VectorTile.Value] = []
    var features: [ArraySlice<UInt8>] = []

    static func decode(_ bytes: ArraySlice<UInt8>) throws(GeometryError) -> VectorTile.Layer {
        var decoder = LayerDecoder()
        var reader = ProtocolBuffersReader(bytes)
        while !reader.isAtEnd {
            switch try reader.field() {
            case (1, .bytes(let name)): decoder.layer.name = String(decoding: name, as: UTF8.self)
            case (2, .bytes(let feature)): decoder.features.append(feature)
            case (3, .bytes(let key)): decoder.keys.append(String(decoding: key, as: UTF8.self))
            case (4, .bytes(let value)): decoder.values.append(try Self.value(value))
            case (5, .varint(let extent)): decoder.layer.extent = Int(truncatingIfNeeded: extent)
            default: break
            }
        }
        for feature in decoder.features { decoder.layer.features.append(try decoder.feature(feature)) }
        return decoder.layer
    }

    private static func value(_ bytes: ArraySlice<UInt8>) throws(GeometryError) -> VectorTile.Value {
        var reader = ProtocolBuffersReader(bytes)
        switch try reader.field() {
        case (1, .bytes(let text)): return .string(String(decoding: text, as: UTF8.self))
        case (2, .fixed(let bits)): return .double(Double(Float(bitPattern: UInt32(truncatingIfNeeded: bits))))
        case (3, .fixed(let bits)): return .double(Double(bitPattern: bits))
        case (4, .varint(let number)), (5, .varint(let number)): return .int(Int64(bitPattern: number))
        case (6, .varint(let number)): return .int(Int64(bitPattern: number >> 1 ^ (0 &- (number & 1))))
        case (7, .varint(let flag)): return .bool(flag != 0)
        default: throw GeometryError(.expected("a value of a vector tile"))
        }
    }

    private func feature(_ bytes: ArraySlice<UInt8>) throws(GeometryError) -> VectorTile.Feature {
        var reader = ProtocolBuffersReader(bytes)
        var feature = VectorTile.Feature(shape: .points([]))
        var type: UInt64 = 0
        var commands: [UInt32] = []
        while !reader.isAtEnd {
            switch try reader.field() {
            case (1, .varint(let id)): feature.id = id
            case (2, .bytes(let tags)): feature.attributes = try attributes(try Self.packed(tags))
            case (3, .varint(let number)): type = number
            case (4, .bytes(let content)): commands = try Self.packed(content)
            default: break
            }
        }
        feature.shape = try Self.shape(type, commands)
        return feature
    }

    private func attributes(_ tags: [UInt32]) throws(GeometryError) -> [VectorTile.Attribute] {
        var result: [VectorTile.Attribute] = []
        for index in stride(from: 0, to: tags.count - 1, by: 2) {
            let (key, value) = (Int(tags[index]), Int(tags[index + 1]))
            guard key < keys.count, value < values.count else {
                throw GeometryError(.expected("a known key and value"))
            }
            result.append(VectorTile.Attribute(keys[key], values[value]))
        }
        return result
    }

    private static func packed(_ bytes: ArraySlice<UInt8>) throws(GeometryError) -> [UInt32] {
        var reader = ProtocolBuffersReader(bytes)
        var values: [UInt32] = []
        while !reader.isAtEnd { values.append(UInt32(truncatingIfNeeded: try reader.varint())) }
        return values
    }

    private static func shape(_ type: UInt64, _ commands: [UInt32]) throws(GeometryError) -> VectorTile.Shape {
        var paths: [[VectorTile.Point]] = []
        var cursor = VectorTile.Point(0, 0)
        var index = 0
        while index < commands.count {
            let (id, count) = (commands[index] & 7, Int(commands[index] >> 3))
            index += 1
            if id == 7 { continue }
            guard count * 2 <= commands.count - index else { throw GeometryError(.expected("more geometry commands")) }
            for _ in 0..<count {
                cursor.x += zigzag(commands[index])
                cursor.y += zigzag(commands[index + 1])
                index += 2
                if id == 1 { paths.append([cursor]) } else if !paths.isEmpty { paths[paths.count - 1].append(cursor) }
            }
        }
        return type == 1 ? .points(paths.flatMap { $0 }) : type == 2 ? .lines(paths) : .rings(paths)
    }

    private static func zigzag(_ value: UInt32) -> Int { Int(Int32(bitPattern: value >> 1 ^ (0 &- (value & 1)))) }
}
