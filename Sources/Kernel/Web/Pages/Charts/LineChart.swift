/// Values over time, one line a series, labelled at its end; missing values leave a gap.
public struct LineChart: Component {
    public struct Series: Sendable {
        public var label: Phrase
        /// One for each label of the axis; `nil` is not measured.
        public var values: [Double?]
        /// Drawn grey and dashed: a plan or a comparison, not the subject.
        public var isReference: Bool

        public init(_ label: Phrase, _ values: [Double?], isReference: Bool = false) {
            self.label = label
            self.values = values
            self.isReference = isReference
        }
    }

    public var frame: ChartFrame
    public var unit: Phrase
    /// What stands under the axis, such as years or hours.
    public var labels: [String]
    public var series: [Series]
    /// Levels to compare with, such as 氾濫注意水位.
    public var thresholds: [(label: Phrase, value: Double)]

    public init(
        _ frame: ChartFrame, unit: Phrase, labels: [String], series: [Series],
        thresholds: [(label: Phrase, value: Double)] = []
    ) {
        self.frame = frame
        self.unit = unit
        self.labels = labels
        self.series = series
        self.thresholds = thresholds
    }

    public func html(_ words: WordBook) -> HTML {
        guard series.contains(where: { $0.values.contains { $0 != nil } }) else { return EmptyNotice().html(words) }
        return frame.html(words, table: table(words)) { draw($0, words) }
    }

    private func table(_ words: WordBook) -> DataTable {
        let missing = words["kit.chart.missing"].html
        return DataTable(
            caption: frame.title,
            columns: [.init(words["kit.chart.label"])]
                + series.map { .init($0.label + "（" + unit + "）", numeric: true) },
            rows: labels.enumerated().map { position, label in
                [HTML.text(label)]
                    + series.map { series in
                        let value = position < series.values.count ? series.values[position] : nil
                        return value.map { HTML.text(words.numbers.rounded($0)) } ?? missing
                    }
            }, dense: true, hidesCaption: true)
    }

    private func draw(_ canvas: Canvas, _ words: WordBook) -> HTML {
        let values = series.flatMap { $0.values.compactMap(\.self) } + thresholds.map(\.value)
        let room = series.count > 1 ? series.map { Drawing.width($0.label.text, size: canvas.fontSize) }.max() ?? 0 : 0
        let plot = Plot(
            left: 56, right: canvas.width - (canvas.isNarrow ? 16 : max(24, min(room + 16, 180))), top: 34,
            bottom: canvas.height - 34, scale: Scale(values, fromZero: (values.min() ?? 0) >= 0))
        return plot.grid(unit.text, words.numbers) + axis(plot, canvas) + limits(plot)
            + series.enumerated().map { line($0.offset, $0.element, plot, canvas) }.joined()
    }

    private func x(_ position: Int, _ plot: Plot) -> Double {
        labels.count < 2
            ? (plot.left + plot.right) / 2
            : plot.left + 12 + (plot.right - plot.left - 24) * Double(position) / Double(labels.count - 1)
    }

    private func axis(_ plot: Plot, _ canvas: Canvas) -> HTML {
        let widest = labels.map { Drawing.width($0, size: canvas.fontSize) }.max() ?? 14
        let step = max(1, Int((Double(labels.count) * (widest + 10) / max(1, plot.right - plot.left)).rounded(.up)))
        return labels.enumerated().filter { $0.offset.isMultiple(of: step) }.map {
            Drawing.text($0.element, x($0.offset, plot), plot.bottom + 22, "tick", anchor: "middle")
        }.joined()
    }

    private func limits(_ plot: Plot) -> HTML {
        thresholds.map {
            Drawing.line(plot.left, plot.y($0.value), plot.right, plot.y($0.value), "threshold")
                + Drawing.text($0.label.text, plot.left + 6, plot.y($0.value) - 6, "threshold-label")
        }.joined()
    }

    private func line(_ position: Int, _ series: Series, _ plot: Plot, _ canvas: Canvas) -> HTML {
        let style = series.isReference ? "reference" : "series-\(position % 8 + 1)"
        var parts: [HTML] = []
        var run: [(x: Double, y: Double)] = []
        for (index, value) in series.values.prefix(labels.count).enumerated() {
            if let value {
                run.append((x(index, plot), plot.y(value)))
            } else if !run.isEmpty {
                parts.append(Drawing.path(run, "line \(style)"))
                run = []
            }
        }
        if !run.isEmpty { parts.append(Drawing.path(run, "line \(style)")) }
        let points = series.values.prefix(labels.count).enumerated().compactMap { index, value in
            value.map { (x: x(index, plot), y: plot.y($0)) }
        }
        if points.count <= 24 { parts += points.map { Drawing.marker(position, $0.x, $0.y, "dot \(style)") } }
        if self.series.count > 1, !canvas.isNarrow, let last = points.last {
            parts.append(Drawing.text(series.label.text, last.x + 10, last.y + 5, "label \(style)"))
        }
        return parts.joined()
    }
}
