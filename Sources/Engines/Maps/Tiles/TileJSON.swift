import Geometry
import JSON

/// Describes a layer of tiles in TileJSON 3.0.0.
struct TileJSON: Sendable {
    var layer: MapLayer
    var bounds: BoundingBox

    var json: JSON {
        let center = bounds.center
        return [
            "tilejson": "3.0.0", "name": .string(layer.name), "scheme": "xyz",
            "tiles": [.string(Self.address(layer))], "attribution": .string(Attribution.boundaries),
            "minzoom": JSON(layer.zooms.lowerBound), "maxzoom": JSON(layer.zooms.upperBound),
            "bounds": .array([bounds.west, bounds.south, bounds.east, bounds.north].map { JSON($0) ?? .null }),
            "center": .array([JSON(center.longitude) ?? .null, JSON(center.latitude) ?? .null, 8]),
            "vector_layers": .array(sourceLayers.map(description)),
        ]
    }

    private var sourceLayers: [String] {
        layer == .municipalities ? [layer.sourceLayer, MapLayer.namesLayer] : [layer.sourceLayer]
    }

    private func description(_ sourceLayer: String) -> JSON {
        [
            "id": .string(sourceLayer), "minzoom": JSON(layer.zooms.lowerBound),
            "maxzoom": JSON(layer.zooms.upperBound), "fields": .object(fields),
        ]
    }

    /// From the root of the site: the client adds the origin that it speaks to.
    static func address(_ layer: MapLayer) -> String { "/maps/tiles/\(layer.name)/{z}/{x}/{y}.mvt" }

    private var fields: JSONObject {
        switch layer {
        case .municipalities: ["code": "The municipality's 6-digit code.", "name": "Its name."]
        case .places:
            ["id": "The entity's id.", "name": "Its name.", "municipality": "The 6-digit code of where it is."]
        }
    }
}

/// Who must be named beside a map.
enum Attribution {
    /// The credit that the terms of the National Land Numerical Information ask for, in its own words.
    static let boundaries = "「国土数値情報（行政区域データ）」（国土交通省）を加工して作成"
}
