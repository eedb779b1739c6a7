extension VectorTile {
    /// The tile's bytes (`application/vnd.mapbox-vector-tile`), uncompressed. Layers without features are left out,
    /// so a tile without any is empty.
    public func encoded() -> [UInt8] {
        var tile = ProtocolBuffersWriter()
        for layer in layers where !layer.features.isEmpty { tile.field(3, bytes: LayerEncoder(layer).bytes()) }
        return tile.bytes
    }
}

/// Encodes one layer: features first, which fills the tables of keys and values that follow them.
private struct LayerEncoder {
    private let layer: VectorTile.Layer
    private var keys = Table<String>()
    private var values = Table<VectorTile.Value>()

    private struct Table<Entry: Hashable> {
        private var indexes: [Entry: UInt32] = [:]
        private(set) var entries: [Entry] = []

        mutating func index(of entry: Entry) -> UInt32 {
            if let index = indexes[entry] { return index }
            let index = UInt32(entries.count)
            indexes[entry] = index
            entries.append(entry)
            return index
        }
    }

    init(_ layer: VectorTile.Layer) { self.layer = layer }

    func bytes() -> [UInt8] {
        var encoder = self
        return encoder.write()
    }

    private mutating func write() -> [UInt8] {
        var writer = ProtocolBuffersWriter()
        writer.field(15, varint: 2)
        writer.field(1, bytes: layer.name.utf8)
        for feature in layer.features { writer.field(2, bytes: encode(feature)) }
        for key in keys.entries { writer.field(3, bytes: key.utf8) }
        for value in values.entries { writer.field(4, bytes: Self.encode(value)) }
        writer.field(5, varint: UInt64(layer.extent))
        return writer.bytes
    }

    private mutating func encode(_ feature: VectorTile.Feature) -> [UInt8] {
        var writer = ProtocolBuffersWriter()
        if let id = feature.id { writer.field(1, varint: id) }
        var tags: [UInt32] = []
        for attribute in feature.attributes {
            tags += [keys.index(of: attribute.name), values.index(of: attribute.value)]
        }
        if !tags.isEmpty { writer.field(2, packed: tags) }
        var commands = CommandEncoder()
        commands.encode(feature.shape)
        writer.field(3, varint: commands.type)
        writer.field(4, packed: commands.integers)
        return writer.bytes
    }

    private static func encode(_ value: VectorTile.Value) -> [UInt8] {
        var writer = ProtocolBuffersWriter()
        switch value {
        case .string(let text): writer.field(1, bytes: text.utf8)
        case .double(let number): writer.field(3, double: number)
        case .int(let number) where number >= 0: writer.field(5, varint: UInt64(number))
        case .int(let number): writer.field(6, varint: UInt64(bitPattern: number << 1 ^ number >> 63))
        case .bool(let flag): writer.field(7, varint: flag ? 1 : 0)
        }
        return writer.bytes
    }
}

/// Geometry commands (§4.3): MoveTo, LineTo and ClosePath with zigzag differences from the cursor.
private struct CommandEncoder {
    private(set) var integers: [UInt32] = []
    private(set) var type: UInt64 = 0
    private var cursor = VectorTile.Point(0, 0)

    mutating func encode(_ shape: VectorTile.Shape) {
        switch shape {
        case .points(let points):
            type = 1
            command(1, count: points.count)
            for point in points { move(to: point) }
        case .lines(let lines):
            type = 2
            for line in lines { path(line) }
        case .rings(let rings):
            type = 3
            for ring in rings {
                path(ring)
                command(7, count: 1)
            }
        }
    }

    private mutating func path(_ points: [VectorTile.Point]) {
        guard let first = points.first else { return }
        command(1, count: 1)
        move(to: first)
        command(2, count: points.count - 1)
        for point in points.dropFirst() { move(to: point) }
    }

    private mutating func command(_ id: UInt32, count: Int) { integers.append(UInt32(count) << 3 | id) }

    private mutating func move(to point: VectorTile.Point) {
        integers.append(Self.zigzag(point.x - cursor.x))
        integers.append(Self.zigzag(point.y - cursor.y))
        cursor = point
    }

    private static func zigzag(_ value: Int) -> UInt32 {
        let narrow = Int32(truncatingIfNeeded: value)
        return UInt32(bitPattern: narrow << 1 ^ narrow >> 31)
    }
}
