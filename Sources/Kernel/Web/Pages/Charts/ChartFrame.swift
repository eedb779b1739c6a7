import Storage

/// What stands round every chart: title, finding, source, age, and the same values as a table.
public struct ChartFrame: Sendable {
    /// Unique on the page; letters, digits and hyphens.
    public var id: String
    /// What, where, which period, which unit.
    public var title: Phrase
    /// What one sees, in a sentence, for those who do not see the picture.
    public var finding: Phrase
    public var source: Phrase?
    public var updatedAt: Instant?

    public init(id: String, title: Phrase, finding: Phrase, source: Phrase? = nil, updatedAt: Instant? = nil) {
        self.id = id
        self.title = title
        self.finding = finding
        self.source = source
        self.updatedAt = updatedAt
    }

    /// Puts a picture drawn twice, for wide and narrow screens, and its table together.
    ///
    /// - Parameter height: how high the picture must be for what it shows; by default a common height.
    func html(
        _ words: WordBook, table: DataTable, height: (Canvas) -> Double = { $0.height }, draw: (Canvas) -> HTML
    ) -> HTML {
        let canvases = [Canvas.wide, .narrow].map { Canvas(name: $0.name, width: $0.width, height: height($0)) }
        let pictures = canvases.map { picture($0, draw($0)) }
        let notes = [
            source.map { words("kit.chart.source", ["source": .phrase($0)]).html },
            updatedAt.map { words("kit.chart.updated", ["time": .phrase(words.dateTime($0))]).html },
        ].compactMap(\.self)
        let note = notes.isEmpty ? HTML.empty : .element("p", ["class": "chart-note"], notes.joined(separator: "　"))
        let details = HTML.element(
            "details", [:], .element("summary", [:], words["kit.chart.table"].html), table.html(words))
        return .element(
            "figure", ["class": "chart", "id": id],
            [.element("figcaption", [:], title.html)] + pictures + [note, details])
    }

    private func picture(_ canvas: Canvas, _ drawing: HTML) -> HTML {
        let ids = (title: "\(id)-\(canvas.name)-title", finding: "\(id)-\(canvas.name)-finding")
        return .element(
            "svg",
            [
                "class": "chart-\(canvas.name)", "viewBox": "0 0 \(canvas.width.svg) \(canvas.height.svg)",
                "role": "img",
                "aria-labelledby": "\(ids.title) \(ids.finding)",
            ],
            .element("title", ["id": ids.title], .text(title.text)),
            .element("desc", ["id": ids.finding], .text(finding.text)), drawing)
    }
}

/// The size of one variant of a picture, in its own units of about a CSS pixel.
struct Canvas: Sendable {
    var name: String
    var width: Double
    var height: Double

    static let wide = Canvas(name: "wide", width: 720, height: 320)
    static let narrow = Canvas(name: "narrow", width: 360, height: 260)

    var isNarrow: Bool { width < 500 }

    /// Of the texts in the picture, as the style sheet sets it.
    var fontSize: Double { isNarrow ? 16 : 14 }

}

extension Double {
    /// At most one decimal, as SVG writes numbers.
    var svg: String {
        let tenths = (self * 10).rounded()
        guard tenths.magnitude < 1e15 else { return "0" }
        let whole = Int(tenths)
        let sign = whole < 0 ? "-" : ""
        let (ones, rest) = whole.magnitude.quotientAndRemainder(dividingBy: 10)
        return sign + String(ones) + (rest == 0 ? "" : ".\(rest)")
    }
}
