/// Shares of wholes: one bar a row, one piece a part, with a legend in words.
public struct StackedBarChart: Component {
    public var frame: ChartFrame
    public var unit: Phrase
    public var parts: [Phrase]
    public var rows: [(label: Phrase, values: [Double])]

    public init(_ frame: ChartFrame, unit: Phrase, parts: [Phrase], rows: [(label: Phrase, values: [Double])]) {
        self.frame = frame
        self.unit = unit
        self.parts = parts
        self.rows = rows
    }

    public func html(_ words: WordBook) -> HTML {
        guard rows.contains(where: { $0.values.contains { $0 > 0 } }) else { return EmptyNotice().html(words) }
        let table = DataTable(
            caption: frame.title,
            columns: [.init(words["kit.chart.label"])] + parts.map { .init($0 + "（" + unit + "）", numeric: true) },
            rows: rows.map { row in [row.label.html] + row.values.map { .text(words.numbers.rounded($0)) } },
            dense: true, hidesCaption: true)
        return frame.html(
            words, table: table, height: { Double(rows.count) * 34 + legendHeight($0) + 8 },
            draw: { draw($0, words) })
    }

    private func legendHeight(_ canvas: Canvas) -> Double { (legend(canvas).last?.y ?? 0) + 24 }

    private func legend(_ canvas: Canvas) -> [(x: Double, y: Double)] {
        var places: [(x: Double, y: Double)] = []
        var (x, y) = (0.0, 16.0)
        for part in parts {
            let width = Drawing.width(part.text, size: canvas.fontSize) + 36
            if x > 0, x + width > canvas.width { (x, y) = (0, y + 26) }
            places.append((x, y))
            x += width
        }
        return places
    }

    private func draw(_ canvas: Canvas, _ words: WordBook) -> HTML {
        let keys = zip(parts, legend(canvas)).enumerated().map { position, entry in
            Drawing.rectangle(entry.1.x, entry.1.y - 12, 14, 14, "bar series-\(position % 8 + 1)")
                + Drawing.text(entry.0.text, entry.1.x + 20, entry.1.y, "label")
        }
        let left = min(
            (rows.map { Drawing.width($0.label.text, size: canvas.fontSize) }.max() ?? 0) + 12, canvas.width * 0.42)
        let bars = rows.enumerated().map { position, row in
            let y = legendHeight(canvas) + Double(position) * 34
            return Drawing.text(row.label.text, left - 8, y + 20, "label", anchor: "end")
                + pieces(row.values, left, y + 3, canvas, words)
        }
        return (keys + bars).joined()
    }

    private func pieces(_ values: [Double], _ left: Double, _ y: Double, _ canvas: Canvas, _ words: WordBook) -> HTML {
        let width = canvas.width - left
        let total = max(values.reduce(0, +), 1e-9)
        var x = left
        return values.enumerated().map { position, value in
            let length = max(0, value) / total * width
            defer { x += length }
            let number = words.numbers.rounded(value)
            let fits = Drawing.width(number, size: canvas.fontSize) + 12 < length
            return Drawing.rectangle(x, y, length, 24, "bar piece series-\(position % 8 + 1)")
                + (fits ? Drawing.text(number, x + length / 2, y + 17, "on-bar", anchor: "middle") : .empty)
        }.joined()
    }
}
