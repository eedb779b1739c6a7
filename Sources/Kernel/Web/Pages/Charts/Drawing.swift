/// SVG elements without style: classes carry colour, so that themes and print can change it.
enum Drawing {
    static func line(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, _ style: String) -> HTML {
        .element("line", ["x1": x1.svg, "y1": y1.svg, "x2": x2.svg, "y2": y2.svg, "class": style])
    }

    static func rectangle(_ x: Double, _ y: Double, _ width: Double, _ height: Double, _ style: String) -> HTML {
        .element(
            "rect", ["x": x.svg, "y": y.svg, "width": max(0, width).svg, "height": max(0, height).svg, "class": style])
    }

    static func circle(_ x: Double, _ y: Double, _ radius: Double, _ style: String) -> HTML {
        .element("circle", ["cx": x.svg, "cy": y.svg, "r": radius.svg, "class": style])
    }

    /// `anchor`: start, middle or end.
    static func text(_ text: String, _ x: Double, _ y: Double, _ style: String = "", anchor: String = "start") -> HTML {
        .element(
            "text",
            [
                "x": x.svg, "y": y.svg, "text-anchor": anchor == "start" ? nil : anchor,
                "class": style.isEmpty ? nil : style,
            ], .text(text))
    }

    static func path(_ points: [(x: Double, y: Double)], _ style: String) -> HTML {
        let data = points.enumerated().map { ($0.offset == 0 ? "M" : "L") + $0.element.x.svg + " " + $0.element.y.svg }
        return .element("path", ["d": data.joined(), "class": style])
    }

    /// Width of a text in a size, for room and for leaving out what would overlap.
    static func width(_ text: String, size: Double) -> Double {
        text.unicodeScalars.reduce(0) { $0 + ($1.value < 0x2000 ? 0.58 : 1.0) * size }
    }

    /// A mark that differs by shape as well as colour: circle, square, diamond, triangle.
    static func marker(_ position: Int, _ x: Double, _ y: Double, _ style: String) -> HTML {
        switch position % 4 {
        case 0: circle(x, y, 4, style)
        case 1: rectangle(x - 4, y - 4, 8, 8, style)
        case 2: path([(x, y - 5), (x + 5, y), (x, y + 5), (x - 5, y), (x, y - 5)], style)
        default: path([(x, y - 5), (x + 5, y + 4), (x - 5, y + 4), (x, y - 5)], style)
        }
    }
}

/// The rectangle between the axes, with the value axis drawn.
struct Plot: Sendable {
    var left: Double
    var right: Double
    var top: Double
    var bottom: Double
    var scale: Scale

    func y(_ value: Double) -> Double { bottom - scale.share(value) * (bottom - top) }

    /// Horizontal lines with their values, and the unit above.
    func grid(_ unit: String, _ format: NumberFormat) -> HTML {
        var parts = scale.ticks.map { tick in
            Drawing.line(left, y(tick), right, y(tick), tick == 0 ? "axis" : "grid-line")
                + Drawing.text(format.rounded(tick), left - 8, y(tick) + 5, "tick", anchor: "end")
        }
        if !unit.isEmpty { parts.append(Drawing.text("（\(unit)）", max(0, left - 40), top - 14, "tick")) }
        return parts.joined()
    }
}
