/// Values of regions on a map drawn as SVG, in at most five classes of one hue, with a legend and a table.
///
/// Who has boundaries gives outlines; without them, `tiles` make a grid in which each region has one square.
public struct RegionMap: Component {
    public struct Region: Sendable {
        /// The 6-digit code.
        public var code: String
        public var name: Phrase
        public var path: String?
        /// SVG path data in the units of `viewBox`.
        public var outline: String
        /// Where a label may stand.
        public var labelAt: (x: Double, y: Double)?
        /// `nil`: no data, drawn hatched.
        public var value: Double?

        public init(
            code: String, name: Phrase, path: String?, outline: String, labelAt: (x: Double, y: Double)? = nil,
            value: Double?
        ) {
            self.code = code
            self.name = name
            self.path = path
            self.outline = outline
            self.labelAt = labelAt
            self.value = value
        }
    }

    public var frame: ChartFrame
    public var unit: Phrase
    public var width: Double
    public var height: Double
    public var regions: [Region]

    public init(_ frame: ChartFrame, unit: Phrase, width: Double, height: Double, regions: [Region]) {
        self.frame = frame
        self.unit = unit
        self.width = width
        self.height = height
        self.regions = regions
    }

    public func html(_ words: WordBook) -> HTML {
        guard !regions.isEmpty else { return EmptyNotice().html(words) }
        let classes = ValueClasses(regions.compactMap(\.value))
        let table = DataTable(
            caption: frame.title,
            columns: [
                .init(words["kit.map.municipality"]), .init(words["kit.chart.value"] + "（" + unit + "）", numeric: true),
            ],
            rows: regions.map { region in
                let name = region.path.map { HTML.link(region.name, to: $0) } ?? region.name.html
                return [name, .text(region.value.map { words.numbers.rounded($0) } ?? words["kit.chart.missing"].text)]
            }, dense: true, hidesCaption: true)
        let picture = HTML.element(
            "svg",
            [
                "class": "region-map", "viewBox": "0 0 \(width.svg) \(height.svg)", "role": "img",
                "aria-labelledby": "\(frame.id)-title \(frame.id)-finding",
            ],
            .element("title", ["id": frame.id + "-title"], .text(frame.title.text)),
            .element("desc", ["id": frame.id + "-finding"], .text(frame.finding.text)),
            regions.map { shape($0, classes, words) }.joined())
        return .element(
            "figure", ["class": "chart map-figure", "id": frame.id], .element("figcaption", [:], frame.title.html),
            picture,
            legend(classes, words),
            frame.source.map {
                .element("p", ["class": "chart-note"], words("kit.chart.source", ["source": .phrase($0)]).html)
            } ?? .empty,
            .element("details", [:], .element("summary", [:], words["kit.map.table"].html), table.html(words)))
    }

    private func shape(_ region: Region, _ classes: ValueClasses, _ words: WordBook) -> HTML {
        let rank = region.value.map { "rank-\(classes.rank($0))" } ?? "rank-none"
        let label = region.labelAt.map {
            Drawing.text(region.name.text, $0.x, $0.y, "region-label \(rank)", anchor: "middle")
        }
        return .element(
            "path",
            ["d": region.outline, "class": "region \(rank)", "data-code": region.code, "data-path": region.path])
            + (label ?? .empty)
    }

    private func legend(_ classes: ValueClasses, _ words: WordBook) -> HTML {
        let ranks = classes.ranges.enumerated().map { rank, range in
            let text =
                range.lowerBound == range.upperBound
                ? words.numbers.rounded(range.lowerBound)
                : words.numbers.rounded(range.lowerBound) + "–" + words.numbers.rounded(range.upperBound)
            return HTML.element(
                "li", [:], .element("span", ["class": "swatch rank-\(rank + 1)", "aria-hidden": "true"]),
                .text(text), unit.html)
        }
        return .element("ul", ["class": "legend", "aria-label": words["kit.map.legend"].text], ranks)
    }
}

/// At most five classes with about as many values each, from few to many.
struct ValueClasses: Sendable, Hashable {
    var ranges: [ClosedRange<Double>]

    init(_ values: [Double]) {
        let sorted = values.filter(\.isFinite).sorted()
        let count = min(5, Set(sorted).count)
        ranges = []
        var start = 0
        for rank in 0..<count {
            var end = max(start + 1, sorted.count * (rank + 1) / count)
            while end < sorted.count, sorted[end] == sorted[end - 1] { end += 1 }
            guard start < sorted.count else { break }
            end = min(end, sorted.count)
            ranges.append(sorted[start]...sorted[end - 1])
            start = end
        }
    }

    /// 1 for the lowest class.
    func rank(_ value: Double) -> Int { (ranges.firstIndex { value <= $0.upperBound } ?? ranges.count - 1) + 1 }
}
