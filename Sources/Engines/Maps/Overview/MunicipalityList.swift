import Web

/// The same municipalities as a list of links, with the figure when there is one: the other way to what the map shows.
struct MunicipalityList: Component {
    var grid: TileGrid
    var codes: [String]
    var figure: MunicipalityMap.Figure?

    func html(_ words: WordBook) -> HTML {
        guard let figure else {
            return .element("ul", ["class": "map-list"], codes.map { .element("li", [:], link($0, words)) })
        }
        let rows = codes.map { code -> [HTML] in
            [link(code, words), .text(words.numbers.grouped(figure.values[code] ?? 0))]
        }
        return DataTable(
            caption: figure.label,
            columns: [.init(words["maps.list.municipality"]), .init(words["maps.list.count"], numeric: true)],
            rows: rows, dense: true
        ).html(words)
    }

    private func link(_ code: String, _ words: WordBook) -> HTML {
        .link(grid.name(code, words), to: MapPaths.town(code))
    }
}
