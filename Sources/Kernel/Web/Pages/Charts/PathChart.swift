/// The straight path of a key figure from its baseline to its target, with what was measured on the way.
public struct PathChart: Component {
    public struct Point: Sendable, Hashable {
        /// A fiscal year.
        public var year: Int
        public var value: Double
        /// The digits as the plan writes them.
        public var shown: String

        public init(year: Int, value: Double, shown: String) {
            self.year = year
            self.value = value
            self.shown = shown
        }
    }

    public var frame: ChartFrame
    public var unit: Phrase
    /// One point a year, the baseline first and the target last: worked out by the caller, whose figures are decimals.
    public var path: [Point]
    public var measured: [Point]

    public init(_ frame: ChartFrame, unit: Phrase, path: [Point], measured: [Point] = []) {
        self.frame = frame
        self.unit = unit
        self.path = path
        self.measured = measured
    }

    public func html(_ words: WordBook) -> HTML {
        guard !path.isEmpty else { return EmptyNotice().html(words) }
        return frame.html(words, table: table(words)) { draw($0, words) }
    }

    private func table(_ words: WordBook) -> DataTable {
        let actual = Dictionary(measured.map { ($0.year, $0.shown) }, uniquingKeysWith: { $1 })
        let ends = [path.first?.year: words["kit.chart.baseline"], path.last?.year: words["kit.chart.target"]]
        return DataTable(
            caption: frame.title,
            columns: [
                .init(words["kit.chart.year"]), .init(words["kit.chart.path"] + "（" + unit + "）", numeric: true),
                .init(words["kit.chart.measured"] + "（" + unit + "）", numeric: true),
            ],
            rows: path.map { point in
                let end = ends[point.year].map { HTML.text("（") + $0.html + .text("）") } ?? .empty
                return [
                    .text(String(point.year)) + end, .text(point.shown),
                    .text(actual[point.year] ?? words["kit.chart.notYet"].text),
                ]
            }, dense: true, hidesCaption: true)
    }

    private func draw(_ canvas: Canvas, _ words: WordBook) -> HTML {
        let points = path
        let years = (points + measured).map(\.year)
        guard let first = years.min(), let last = years.max() else { return .empty }
        let plot = Plot(
            left: 64, right: canvas.width - 40, top: 40, bottom: canvas.height - 34,
            scale: scale(points + measured))
        let x = { (year: Int) in
            first == last
                ? (plot.left + plot.right) / 2
                : plot.left + 24 + (plot.right - plot.left - 48) * Double(year - first) / Double(last - first)
        }
        let labels = (first...last).filter {
            !canvas.isNarrow || last - first < 6 || ($0 - first).isMultiple(of: 2) || $0 == last
        }
        .map { Drawing.text(String($0), x($0), plot.bottom + 22, "tick", anchor: "middle") }
        let line = Drawing.path(points.map { (x($0.year), plot.y($0.value)) }, "line reference")
        let real = measured.sorted { $0.year < $1.year }.map { (x: x($0.year), y: plot.y($0.value)) }
        return plot.grid(unit.text, words.numbers) + labels.joined() + line
            + (real.isEmpty ? .empty : Drawing.path(real, "line series-1"))
            + real.map { Drawing.circle($0.x, $0.y, 4, "dot series-1") }.joined()
            + (points.first.map { end($0, words["kit.chart.baseline"], x($0.year), plot, 0, canvas) } ?? .empty)
            + (points.last.map { end($0, words["kit.chart.target"], x($0.year), plot, 2, canvas) } ?? .empty)
    }

    /// From zero, unless the values are so far from it that their change would not be seen.
    private func scale(_ points: [Point]) -> Scale {
        let values = points.map(\.value)
        let (low, high) = (values.min() ?? 0, values.max() ?? 0)
        return Scale(values, fromZero: low < high * 0.7, steps: 4)
    }

    private func end(_ point: Point, _ label: Phrase, _ x: Double, _ plot: Plot, _ marker: Int, _ canvas: Canvas)
        -> HTML
    {
        let text = "\(label.text) \(point.shown)"
        let half = Drawing.width(text, size: canvas.fontSize) / 2
        let place = min(max(x, plot.left + half + 2), plot.right - half + 30)
        return Drawing.marker(marker, x, plot.y(point.value), "dot series-\(marker == 0 ? 1 : 2)")
            + Drawing.text(text, place, plot.y(point.value) - 12, "value strong", anchor: "middle")
    }
}
