/// A table of measurements, whose rows become the history of sensors.
public struct SeriesModel: Sendable, Decodable {
    /// What names the sensor of a row.
    public struct Key: Sendable, Decodable {
        var column: String?
        var columns: [String]?
        /// A line above the header, such as `観測局,持世寺`.
        var heading: String?
        /// The file's name without its extension.
        var fileStem: Bool?

        var columnNames: [String] { columns ?? column.map { [$0] } ?? [] }
    }

    public struct Value: Sendable, Decodable {
        public var name: String
        public var column: String
        public var label: String
        public var unit: String
    }

    public var id: String
    /// The sensors' entity type.
    public var type: String
    public var label: [String: String]
    /// The column with the time of a row.
    public var time: String
    public var key: Key
    public var values: [Value]
}

/// The entity types of a GTFS feed's stops and routes (Smart Data Models, dataModel.UrbanMobility).
public struct GTFSModels: Sendable, Decodable {
    public struct Kind: Sendable, Decodable {
        public var type: String
        public var label: [String: String]
    }

    public var stop: Kind
    public var route: Kind
}

/// A GeoJSON file whose features become entities.
public struct ShapeModel: Sendable, Decodable {
    public var id: String
    public var type: String
    public var label: [String: String]
    /// The property with the six-digit code.
    public var code: String
    /// The property with the name.
    public var name: String
    /// Attribute ← property.
    public var properties: [String: String]
}

/// `series.yaml` as written.
struct SeriesFile: Decodable {
    var series: [SeriesModel]
    var gtfs: GTFSModels
    var geojson: [ShapeModel]
}
