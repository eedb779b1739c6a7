/// Amounts to compare, one bar a row from zero, with the number at its end.
public struct BarChart: Component {
    public struct Bar: Sendable {
        public var label: Phrase
        /// `nil` is not measured.
        public var value: Double?
        /// The subject among others; if no bar is, all are.
        public var isSubject: Bool

        public init(_ label: Phrase, _ value: Double?, isSubject: Bool = false) {
            self.label = label
            self.value = value
            self.isSubject = isSubject
        }
    }

    public var frame: ChartFrame
    public var unit: Phrase
    public var bars: [Bar]
    /// A level to reach, drawn across all bars.
    public var threshold: (label: Phrase, value: Double)?

    public init(
        _ frame: ChartFrame, unit: Phrase, bars: [Bar], threshold: (label: Phrase, value: Double)? = nil
    ) {
        self.frame = frame
        self.unit = unit
        self.bars = bars
        self.threshold = threshold
    }

    public func html(_ words: WordBook) -> HTML {
        guard bars.contains(where: { $0.value != nil }) else { return EmptyNotice().html(words) }
        let table = DataTable(
            caption: frame.title,
            columns: [
                .init(words["kit.chart.label"]), .init(words["kit.chart.value"] + "（" + unit + "）", numeric: true),
            ],
            rows: bars.map { [$0.label.html, .text(text($0, words))] }, dense: true, hidesCaption: true)
        let height = Double(bars.count) * 34 + (threshold == nil ? 16 : 40)
        return frame.html(words, table: table, height: { _ in height }, draw: { draw($0, words) })
    }

    private func text(_ bar: Bar, _ words: WordBook) -> String {
        bar.value.map { words.numbers.rounded($0) } ?? words["kit.chart.missing"].text
    }

    private func draw(_ canvas: Canvas, _ words: WordBook) -> HTML {
        let values = bars.compactMap(\.value) + [threshold?.value].compactMap(\.self)
        let longest = bars.map { Drawing.width($0.label.text, size: canvas.fontSize) }.max() ?? 0
        let left = min(longest + 12, canvas.width * 0.42)
        let right =
            canvas.width - (bars.map { Drawing.width(text($0, words) + unit.text, size: canvas.fontSize) }.max() ?? 40)
            - 16
        let highest = max(values.max() ?? 1, 1e-9)
        let length = { (value: Double) in max(0, value) / highest * (right - left) }
        let hasSubject = bars.contains(where: \.isSubject)
        let top = threshold == nil ? 4.0 : 28.0
        var parts = bars.enumerated().map { position, bar in
            let y = top + Double(position) * 34
            let style = hasSubject && !bar.isSubject ? "bar-other" : "series-1"
            return Drawing.text(bar.label.text, left - 8, y + 20, "label", anchor: "end")
                + Drawing.rectangle(left, y + 3, length(bar.value ?? 0), 22, "bar \(style)")
                + Drawing.text(
                    text(bar, words) + (bar.value == nil ? "" : unit.text), left + length(bar.value ?? 0) + 6, y + 20,
                    "value")
        }
        parts.append(Drawing.line(left, top, left, top + Double(bars.count) * 34, "axis"))
        if let threshold {
            let x = left + length(threshold.value)
            parts.append(Drawing.line(x, top - 6, x, top + Double(bars.count) * 34, "threshold"))
            parts.append(
                Drawing.text(
                    threshold.label.text, x, top - 10, "threshold-label", anchor: x > canvas.width / 2 ? "end" : "start"
                ))
        }
        return parts.joined()
    }
}
