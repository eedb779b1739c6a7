import JSON
import Web

/// The municipalities as a picture that the server draws: each one a link, coloured by a figure or all alike.
struct MunicipalityMap: Component {
    /// A count per municipality that colours the picture.
    struct Figure: Sendable {
        var label: Phrase
        /// By 6-digit code; what is missing counts as 0.
        var values: [String: Int]
        var classes: FigureClasses

        init(label: Phrase, values: [String: Int]) {
            self.label = label
            self.values = values
            classes = FigureClasses(values.values)
        }
    }

    /// Unique on the page.
    var id: String
    var title: Phrase
    var overview: Overview
    var grid: TileGrid
    var figure: Figure?
    /// The municipality that the page is about.
    var selected: String?
    /// Path data of dots, one path a layer.
    var dots: [String] = []

    func html(_ words: WordBook) -> HTML {
        let picture = HTML.element(
            "svg",
            [
                "class": "map-picture", "viewBox": "0 0 \(overview.width.svg) \(overview.height.svg)", "role": "group",
                "aria-labelledby": "\(id)-title \(id)-finding",
            ],
            .element("title", ["id": "\(id)-title"], .text(title.text)),
            .element("desc", ["id": "\(id)-finding"], .text(finding(words).text)),
            overview.shapes.map { shape($0, words) }.joined(),
            overview.shapes.map { label($0, words) }.joined(), dotPaths)
        return .element(
            "figure", ["class": "chart map-overview"], .element("figcaption", [:], title.html), picture,
            legend(words),
            overview.boundingBox == nil
                ? .element("p", ["class": "chart-note"], words["maps.overview.grid"].html) : .empty,
            overview.boundingBox == nil ? .empty : SourceNote().html(words))
    }

    /// The sentence for those who do not see the picture.
    private func finding(_ words: WordBook) -> Phrase {
        guard let figure, let most = figure.values.max(by: { ($0.value, $1.key) < ($1.value, $0.key) }), most.value > 0
        else { return words["maps.overview.finding"] }
        return words(
            "maps.figure.finding",
            ["name": .phrase(grid.name(most.key, words)), "n": .number(most.value), "label": .phrase(figure.label)])
    }

    /// Keyboards reach the municipalities through the list, so that 45 stops are not passed twice.
    private func shape(_ shape: Overview.Shape, _ words: WordBook) -> HTML {
        var name = grid.name(shape.code, otherwise: shape.name, words).text
        if let figure { name += " " + words("maps.count", ["n": .number(figure.values[shape.code] ?? 0)]).text }
        let path = HTML.element(
            "path", ["class": style(shape.code), "d": shape.path], .element("title", [:], .text(name)))
        return .element(
            "a", ["href": MapPaths.town(shape.code), "aria-label": name, "tabindex": "-1"], path)
    }

    private func style(_ code: String) -> String {
        let isSelected = code == selected ? " selected" : ""
        guard let figure else { return "region" + (code == selected ? " rank-3" : " rank-1") + isSelected }
        return "region \(figure.classes.style(figure.classes.rank(figure.values[code] ?? 0)))" + isSelected
    }

    private func label(_ shape: Overview.Shape, _ words: WordBook) -> HTML {
        let text = grid.label(shape.code, otherwise: shape.name, words.language)
        let wide = text.unicodeScalars.reduce(0.0) { $0 + ($1.value < 0x2000 ? 7.6 : 14) }
        guard wide <= shape.labelRoom + 4 else { return .empty }
        return .element(
            "text",
            [
                "class": "region-label " + style(shape.code).replacing("region ", with: ""), "x": shape.labelAt.x.svg,
                "y": (shape.labelAt.y + 2).svg, "text-anchor": "middle", "aria-hidden": "true",
            ], .text(text))
    }

    private var dotPaths: HTML {
        dots.enumerated().filter { !$0.element.isEmpty }.map { index, path in
            HTML.element(
                "path",
                ["class": "map-dots dots-\(MapMark.style(index))", "d": path, "aria-hidden": "true"])
        }.joined()
    }

    private func legend(_ words: WordBook) -> HTML {
        guard let figure else { return .empty }
        let entries = figure.classes.ranges.enumerated().map { index, range in
            (figure.classes.style(index + 1), Self.words(for: range, words))
        }
        let all = [("rank-none", words["maps.legend.none"])] + entries
        return .element(
            "ul", ["class": "legend", "aria-label": words["maps.legend.title"].text],
            all.map { style, text in
                .element("li", [:], .element("span", ["class": "swatch \(style)", "aria-hidden": "true"]), text.html)
            })
    }

    private static func words(for range: ClosedRange<Int>, _ words: WordBook) -> Phrase {
        range.count == 1
            ? words("maps.count", ["n": .number(range.lowerBound)])
            : words("maps.legend.range", ["low": .number(range.lowerBound), "high": .number(range.upperBound)])
    }
}

/// The credit beside every map that shows boundaries.
struct SourceNote: Component {
    func html(_ words: WordBook) -> HTML {
        let credit = HTML.element("span", ["lang": words.language == .en ? "ja" : nil], .text(Attribution.boundaries))
        return .element(
            "p", ["class": "chart-note map-source"],
            words("maps.source", ["source": .phrase(Phrase(text: Attribution.boundaries, html: credit))]).html)
    }
}

/// Pages of others that maps lead to.
enum MapPaths {
    static func town(_ code: String) -> String { "/towns/\(code)" }
    static func type(_ type: String) -> String { "/entities/types/" + Call.percentEncoded(type, keeping: "") }
    static let entities = "/entities/"
}

/// The marks of layers: eight colours that differ, then round again.
enum MapMark {
    static func style(_ index: Int) -> Int { index % 8 + 1 }
}
