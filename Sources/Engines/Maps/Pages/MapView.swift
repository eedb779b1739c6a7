import Geometry
import JSON
import Web

/// A map that can be moved, put over the server's picture by `map.js` where WebGL and MapLibre are there.
///
/// All that the script needs stands in `data-map`, so pages need no inline script.
struct MapView: Component {
    struct Layer: Sendable {
        var layer: MapLayer
        var label: Phrase
    }

    /// Unique on the page.
    var id: String
    var title: Phrase
    var area: BoundingBox
    var layers: [Layer]
    var picture: MunicipalityMap
    var assetPath: @Sendable (String) -> String

    func html(_ words: WordBook) -> HTML {
        let status = HTML.element(
            "p", ["class": "map-status", "role": "status", "data-unavailable": words["maps.unavailable"].text])
        return .element("link", ["rel": "stylesheet", "href": assetPath("map.css")])
            + .element(
                "div",
                ["class": "map-view", "id": id, "data-map": settingsText(words)],
                status, .element("div", ["class": "map-fallback"], picture.html(words)), layerLegend(words))
            + .element("script", ["src": assetPath("map.js"), "defer": ""])
    }

    /// `nil` when a map would show nothing: without boundaries and without places the squares are all there is.
    private func settingsText(_ words: WordBook) -> String? {
        guard hasBoundaries || layers.contains(where: { $0.layer != .municipalities }) else { return nil }
        return String(decoding: settings(words).bytes, as: UTF8.self)
    }

    private var hasBoundaries: Bool { picture.overview.boundingBox != nil }

    /// Which mark stands for which layer, in words.
    private func layerLegend(_ words: WordBook) -> HTML {
        let places = layers.filter { $0.layer != .municipalities }
        guard !places.isEmpty else { return .empty }
        return .element(
            "ul", ["class": "legend", "aria-label": words["maps.layers.shown"].text],
            places.enumerated().map { index, layer in
                .element(
                    "li", [:],
                    .element("span", ["class": "map-mark dots-\(MapMark.style(index))", "aria-hidden": "true"]),
                    layer.label.html)
            })
    }

    private func settings(_ words: WordBook) -> JSON {
        let ranks = picture.figure.map { figure in
            figure.values.sorted { $0.key < $1.key }.map { code, value in
                JSONObject.Member(code, .string(figure.classes.style(figure.classes.rank(value))))
            }
        }
        let controls = ["zoomIn", "zoomOut", "resetBearing", "attribution", "popupClose", "more"]
        return [
            "library": .string(assetPath("vendor/maplibre-gl.js")),
            "style": .string(assetPath("vendor/maplibre-gl.css")), "title": .string(title.text),
            "coversPicture": .bool(hasBoundaries),
            "area": .array([area.west, area.south, area.east, area.north].map { JSON($0) ?? .null }),
            "attribution": .string(Attribution.boundaries), "selected": JSON(picture.selected),
            "ranks": ranks.map { .object(JSONObject($0)) } ?? .null,
            "townPath": .string(MapPaths.town("")), "entityPath": .string(MapPaths.entities),
            "layers": .array(layers.map(Self.settings)),
            "words": .object(
                JSONObject(controls.map { .init($0, .string(words[WordKey("maps.control.\($0)")].text)) })),
        ]
    }

    private static func settings(_ layer: Layer) -> JSON {
        [
            "id": .string(layer.layer.name), "kind": .string(layer.layer.sourceLayer),
            "tiles": .string(TileJSON.address(layer.layer)), "label": .string(layer.label.text),
            "minzoom": JSON(layer.layer.zooms.lowerBound), "maxzoom": JSON(layer.layer.zooms.upperBound),
        ]
    }
}
