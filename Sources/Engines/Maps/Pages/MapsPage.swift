import JSON
import Storage
import Web

/// Draws `/maps`.
struct MapsPage: Sendable {
    /// What the reader chose; it lives in the address.
    struct Choice: Sendable {
        var layers: [String]
        var figure: String?
    }

    /// The figure that counts the entities of all types.
    static let allTypes = "all"

    let content: MapContent
    let types: [String]
    let choice: Choice

    private var words: WordBook { content.words }

    func page() async throws(Refusal) -> Page {
        let figure = choice.figure.map { content.figure($0 == Self.allTypes ? nil : $0) }
        let view = try await content.view(id: "map", title: title(figure), types: choice.layers, figure: figure)
        let list = Section(
            id: "list", title: words["maps.list.title"],
            body: MunicipalityList(grid: content.service.grid, codes: content.codes, figure: figure).html(words)
        ).html(words)
        return Page(
            title: words["maps.title"], lead: words["maps.lead"],
            body: form + .element("div", ["class": "map-beside"], view.html(words), list + places), facts: facts(figure)
        )
    }

    private func title(_ figure: MunicipalityMap.Figure?) -> Phrase {
        figure.map { words("maps.figure.title", ["label": .phrase($0.label)]) } ?? words["maps.overview.title"]
    }

    private var form: HTML {
        guard !types.isEmpty else { return .empty }
        let boxes = types.enumerated().map { index, type in
            option(
                "checkbox", "layer", type, content.label(type), id: "layer-\(index)", on: choice.layers.contains(type))
        }
        let figures =
            [(nil, words["maps.figure.none"]), (Self.allTypes, words["maps.figure.all"])]
            + types.map { (Optional($0), content.label($0)) }
        let radios = figures.enumerated().map { index, entry in
            option("radio", "figure", entry.0 ?? "", entry.1, id: "figure-\(index)", on: choice.figure == entry.0)
        }
        let button = HTML.element("button", ["class": "solid", "type": "submit"], words["maps.submit"].html)
        return .element(
            "form", ["class": "map-form", "method": "get", "action": "/maps"],
            fieldset(words["maps.layers.legend"], boxes), fieldset(words["maps.figure.legend"], radios), button)
    }

    private func fieldset(_ legend: Phrase, _ options: [HTML]) -> HTML {
        .element(
            "fieldset", [:], .element("legend", [:], legend.html),
            .element("div", ["class": "map-options"], options))
    }

    private func option(_ kind: String, _ name: String, _ value: String, _ label: Phrase, id: String, on: Bool) -> HTML
    {
        // `value` stands even when it is empty: a radio button without one would send «on».
        let checked = on ? " checked" : ""
        let input =
            HTML(raw: "<input type=\"\(kind)\" id=\"\(id)\" name=\"\(name)\" value=\"") + .text(value)
            + HTML(raw: "\"\(checked)>")
        return .element("label", ["class": "map-option", "for": id], input, .element("span", [:], label.html))
    }

    /// Lists of the places shown, for those who use no map.
    private var places: HTML {
        guard !choice.layers.isEmpty else { return .empty }
        let links = choice.layers.map { type in
            HTML.element(
                "li", [:],
                .link(words("maps.list.places", ["type": .phrase(content.label(type))]), to: MapPaths.type(type)))
        }
        return Section(id: "places", title: words["maps.layers.shown"], body: .element("ul", [:], links)).html(words)
    }

    private func facts(_ figure: MunicipalityMap.Figure?) -> JSON {
        let shapes = content.edition.overview.shapes.sorted { $0.code < $1.code }
        let towns = shapes.map { shape -> JSON in
            let name = content.service.grid[shape.code]?.name ?? shape.name
            return [
                "code": .string(shape.code), "name": .string(name), "path": .string(MapPaths.town(shape.code)),
                "count": figure.map { JSON($0.values[shape.code] ?? 0) } ?? .null,
            ]
        }
        return [
            "hasBoundaries": .bool(content.edition.overview.boundingBox != nil),
            "layers": .array(([MapLayer.municipalities.name] + types).map { .string($0) }),
            "shown": .array(choice.layers.map { .string($0) }), "figure": JSON(choice.figure),
            "municipalities": .array(towns),
        ]
    }
}
