/// A box with a heading that may lead to a page of its own.
public struct Card: Component {
    public var title: Phrase
    public var path: String?
    public var body: HTML

    public init(title: Phrase, path: String? = nil, body: HTML = .empty) {
        self.title = title
        self.path = path
        self.body = body
    }

    public func html(_ words: WordBook) -> HTML { html(level: 3) }

    public func html(level: Int) -> HTML {
        let heading = path.map { .link(title, to: $0) } ?? title.html
        return .element("div", ["class": "card"], .element("h\(level)", [:], heading), body)
    }
}

/// One headline number: what it is, the number, its unit, and a comparison.
public struct Figure: Component {
    public var label: Phrase
    public var value: String
    public var unit: Phrase
    public var note: Phrase?
    public var path: String?

    public init(_ label: Phrase, value: String, unit: Phrase = "", note: Phrase? = nil, path: String? = nil) {
        self.label = label
        self.value = value
        self.unit = unit
        self.note = note
        self.path = path
    }

    public func html(_ words: WordBook) -> HTML {
        let label = path.map { .link(self.label, to: $0) } ?? self.label.html
        let number = HTML.element("strong", [:], .text(value)) + .element("span", ["class": "unit"], unit.html)
        return .element(
            "div", ["class": "figure"], .element("p", ["class": "figure-label"], label),
            .element("p", ["class": "figure-value"], number),
            note.map { .element("p", ["class": "figure-note"], $0.html) } ?? .empty)
    }
}

/// Boxes side by side: as many as there is room for.
public struct Grid: Component {
    public var parts: [HTML]
    public init(_ parts: [HTML]) { self.parts = parts }
    public func html(_ words: WordBook) -> HTML { .element("div", ["class": "grid"], parts) }
}

/// A section of a page with its heading.
public struct Section: Component {
    public var id: String
    public var title: Phrase
    public var body: HTML
    public var level: Int

    public init(id: String, title: Phrase, level: Int = 2, body: HTML) {
        self.id = id
        self.title = title
        self.level = level
        self.body = body
    }

    public func html(_ words: WordBook) -> HTML {
        .element(
            "section", ["id": id, "aria-labelledby": id + "-title"],
            .element("h\(level)", ["id": id + "-title"], title.html), body)
    }
}
