import Civic
import Crypto
import Foundation
import JSON
import Storage
import Yams

/// All models and series that files are matched to, read from `data/models`.
public struct ModelCatalogue: Sendable {
    public let models: [DataModel]
    public let series: [SeriesModel]
    public let gtfs: GTFSModels
    public let shapes: [ShapeModel]
    /// Changes whenever a mapping changes, so that files are looked at again.
    public let digest: String

    /// Reads the catalogue.
    /// - Parameter folder: the folder `data/models`.
    public init(folder: String) throws(Refusal) {
        let area = try ModelFile.bytes("\(folder)/area-data-models.json")
        let tables = try ModelFile.bytes("\(folder)/tables.yaml")
        let measured = try ModelFile.bytes("\(folder)/series.yaml")
        let areaItems = try AreaModels.items(from: area)
        let written: TablesFile = try ModelFile.decode(tables, named: "tables.yaml")
        let others: SeriesFile = try ModelFile.decode(measured, named: "series.yaml")
        models = try written.models.map { model throws(Refusal) in
            try model.resolved(area: areaItems, common: written.common)
        }
        series = others.series
        gtfs = others.gtfs
        shapes = others.geojson
        var hash = SHA256()
        for bytes in [area, tables, measured] { hash.update(data: bytes) }
        digest = hash.finalize().prefix(8).map { String(format: "%02x", $0) }.joined()
    }

    /// The model of an entity type or with a name of the guideline.
    public func model(named name: String) -> DataModel? {
        models.first { $0.type == name || $0.areaName == name || $0.labels.values.contains(name) }
    }

    /// How an entity type is called, by language tag.
    public func labels(ofType type: String) -> [String: String]? {
        models.first { $0.type == type }?.labels ?? shapes.first { $0.type == type }?.label
            ?? [gtfs.stop, gtfs.route].first { $0.type == type }?.label ?? series.first { $0.type == type }?.label
    }

    /// How an attribute of a type is called in Japanese.
    public func label(ofAttribute name: String, type: String) -> String? {
        models.first { $0.type == type }?.items.first { $0.name == name }?.label
            ?? series.filter { $0.type == type }.flatMap(\.values).first { $0.name == name }?.label
    }
}

/// Files of `data/`, which travel with Higo: what is wrong in them is said with their name.
enum ModelFile {
    static func bytes(_ path: String) throws(Refusal) -> Data {
        guard let bytes = FileManager.default.contents(atPath: path) else {
            throw Refusal(.notFound, "The file \(path) is missing. It belongs to Higo's own data folder.")
        }
        return bytes
    }

    static func decode<T: Decodable>(_ bytes: Data, named name: String) throws(Refusal) -> T {
        do {
            return try YAMLDecoder().decode(T.self, from: bytes)
        } catch {
            throw Refusal(.invalid, "The file \(name) cannot be read: \(error)")
        }
    }
}

/// The items of the guideline's models by model name.
enum AreaModels {
    static func items(from bytes: Data) throws(Refusal) -> [String: [ModelItem]] {
        let tree: JSON
        do {
            tree = try JSON(parsing: Array(bytes))
        } catch {
            throw Refusal(.invalid, "The file area-data-models.json cannot be read: \(error)")
        }
        var result: [String: [ModelItem]] = [:]
        for model in tree["models"]?.arrayValue ?? [] {
            guard let name = model["name"]?.stringValue else { continue }
            result[name] = (model["items"]?.arrayValue ?? []).compactMap(item)
        }
        return result
    }

    private static func item(_ json: JSON) -> ModelItem? {
        guard let name = json["name"]?.stringValue, let label = json["label"]?.stringValue else { return nil }
        let kind: ItemKind =
            switch json["type"]?.stringValue {
            case "number": .number
            case "date": .date
            case "time": .time
            case "uri": .uri
            case "select": .choice
            default: .string
            }
        return ModelItem(name: name, label: label, kind: kind, aliases: [])
    }
}
