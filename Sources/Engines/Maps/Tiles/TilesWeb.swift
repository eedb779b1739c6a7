import Entities
import Geometry
import HTTPTypes
import JSON
import Storage
import Web

/// The tiles' addresses.
struct TilesWeb: Sendable {
    let service: MapsService

    init(_ service: MapsService) { self.service = service }

    func add(to table: inout RouteTable) {
        table.add(
            Route(
                .get, "/maps/tiles/{layer}/{z}/{x}/{y}", access: .open, cost: .query,
                operation: Operation(
                    "A vector tile (MVT 2.1) of a layer. Empty tiles answer 204.", tag: "maps",
                    parameters: [
                        Parameter("layer", in: .path, Self.layerWords, required: true),
                        Parameter("z", in: .path, "Zoom.", schema: Self.schema(#"^[0-9]{1,2}$"#), required: true),
                        Parameter("x", in: .path, "Column.", schema: Self.schema(#"^[0-9]{1,8}$"#), required: true),
                        Parameter(
                            "y", in: .path, "Row, with `.mvt`.", schema: Self.schema(#"^[0-9]{1,8}\.mvt$"#),
                            required: true),
                    ],
                    answers: [
                        200: "The tile.", 204: "Nothing lies there.", 404: "No such tile, or a zoom that is not made.",
                    ], produces: [Self.mediaType]),
                handler: tile))
        table.add(
            Route(
                .get, "/maps/tiles/{layer}", access: .open, cost: .query,
                operation: Operation(
                    "A layer's TileJSON 3.", tag: "maps",
                    parameters: [
                        Parameter("layer", in: .path, Self.layerWords + " With `.json`.", required: true)
                    ], answers: [200: "The description.", 404: "No such layer."]),
                handler: description))
    }

    private func tile(_ call: Call) async throws -> Answer {
        let layer = MapLayer(name: call.parameter("layer"))
        guard let tile = Self.coordinate(call), layer.zooms.contains(tile.zoom) else {
            throw Refusal(
                .notFound,
                "There is no such tile. Zooms \(layer.zooms.lowerBound) to \(layer.zooms.upperBound) are made.")
        }
        let bytes = try await service.tiles.tile(call.context, layer, tile)
        return bytes.isEmpty ? Answer(.noContent) : .bytes(bytes, type: Self.mediaType)
    }

    private func description(_ call: Call) async throws -> Answer {
        guard let name = Self.stem(call.parameter("layer"), ".json") else {
            throw Refusal(.notFound, "Ask for a layer with '.json', such as /maps/tiles/municipalities.json.")
        }
        let layer = MapLayer(name: name)
        if case .places(let type) = layer,
            try await !service.entities.types(call.context).contains(where: { $0.type == type })
        {
            throw Refusal(.notFound, "There are no entities of the type '\(type)'.")
        }
        let bounds = try await service.atlas.edition(call.context).overview.boundingBox ?? HomeArea.boundingBox
        return .bytes(TileJSON(layer: layer, bounds: bounds).json.bytes, type: "application/json")
    }

    private static func coordinate(_ call: Call) -> TileCoordinate? {
        guard let zoom = number(call.parameter("z")), let x = number(call.parameter("x")),
            let y = stem(call.parameter("y"), ".mvt").flatMap(number)
        else { return nil }
        return TileCoordinate(zoom: zoom, x: x, y: y)
    }

    /// Digits only: `Int` alone would also take a sign.
    private static func number(_ text: String) -> Int? {
        text.utf8.count <= 9 && text.utf8.allSatisfy { (0x30...0x39).contains($0) } ? Int(text) : nil
    }

    private static func stem(_ name: String, _ suffix: String) -> String? {
        name.hasSuffix(suffix) ? String(name.dropLast(suffix.count)) : nil
    }

    private static func schema(_ pattern: String) -> JSON { ["type": "string", "pattern": .string(pattern)] }

    private static let layerWords = "`municipalities`, or the name of an entity type."
    private static let mediaType = "application/vnd.mapbox-vector-tile"
}
