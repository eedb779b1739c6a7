/// A Mapbox Vector Tile 2.1 as a value; ``encoded()`` writes its Protocol Buffers bytes.
public struct VectorTile: Sendable, Hashable {
    public var layers: [Layer]

    public init(layers: [Layer] = []) { self.layers = layers }

    /// §4.1: a named layer; coordinates run from 0 to `extent` across the tile, y downwards.
    public struct Layer: Sendable, Hashable {
        public var name: String
        public var extent: Int
        public var features: [Feature]

        public init(name: String, extent: Int = 4096, features: [Feature] = []) {
            self.name = name
            self.extent = extent
            self.features = features
        }
    }

    /// §4.2: one feature; MapLibre needs a whole number as `id` for its feature state.
    public struct Feature: Sendable, Hashable {
        public var id: UInt64?
        public var shape: Shape
        /// In the order in which they shall be written; names are unique.
        public var attributes: [Attribute]

        public init(id: UInt64? = nil, shape: Shape, attributes: [Attribute] = []) {
            self.id = id
            self.shape = shape
            self.attributes = attributes
        }
    }

    public struct Attribute: Sendable, Hashable {
        public var name: String
        public var value: Value

        public init(_ name: String, _ value: Value) {
            self.name = name
            self.value = value
        }
    }

    /// §4.4: the values that a tile can carry.
    public enum Value: Sendable, Hashable {
        case string(String)
        case double(Double)
        case int(Int64)
        case bool(Bool)
    }

    /// §4.3.4: points, lines, or rings. An outer ring has a positive area by the surveyor's formula (clockwise to the
    /// eye, since y points down) and is followed by its holes, which have a negative one. Rings are not closed.
    public enum Shape: Sendable, Hashable {
        case points([Point])
        case lines([[Point]])
        case rings([[Point]])
    }

    public struct Point: Sendable, Hashable {
        public var x: Int
        public var y: Int

        public init(_ x: Int, _ y: Int) {
            self.x = x
            self.y = y
        }
    }
}
