/// A small line beside a number, hidden from readers aloud, to whom the number says enough.
public struct Sparkline: Component {
    public var values: [Double?]

    public init(_ values: [Double?]) { self.values = values }

    public func html(_ words: WordBook) -> HTML {
        let points = values.enumerated().compactMap { index, value in value.map { (index, $0) } }
        guard points.count > 1, let low = points.map(\.1).min(), let high = points.map(\.1).max() else { return .empty }
        let span = max(high - low, 1e-9)
        let places = points.map { index, value in
            (x: 3 + 114 * Double(index) / Double(values.count - 1), y: 29 - 26 * (value - low) / span)
        }
        let end = places.last.map { Drawing.circle($0.x, $0.y, 2.5, "dot series-1") } ?? .empty
        return .element(
            "svg", ["class": "sparkline", "viewBox": "0 0 120 32", "aria-hidden": "true", "focusable": "false"],
            Drawing.path(places, "line series-1"), end)
    }
}
