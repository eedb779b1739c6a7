/// The result of an action, a warning, or news, at the top of `main`.
public struct NotificationBanner: Component {
    public enum Kind: String, Sendable { case success, error, warning, information }

    public var kind: Kind
    public var heading: Phrase
    public var body: HTML
    /// Whether the browser puts the focus here when the page opens: the result of what the reader just did.
    public var isResult: Bool

    public init(_ kind: Kind, heading: Phrase, body: HTML = .empty, isResult: Bool = false) {
        self.kind = kind
        self.heading = heading
        self.body = body
        self.isResult = isResult
    }

    public func html(_ words: WordBook) -> HTML {
        let sign = HTML.element("span", ["class": "sign"], words[WordKey("kit.banner.\(kind.rawValue)")].html)
        return .element(
            "div",
            [
                "class": "banner \(kind.rawValue)", "role": isResult ? (kind == .error ? "alert" : "status") : nil,
                "tabindex": isResult ? "-1" : nil, "data-focus": isResult ? "" : nil,
            ], .element("h2", [:], sign, heading.html), body)
    }
}

/// What stands where nothing is to be shown yet, with the reason.
public struct EmptyNotice: Component {
    public var reason: Phrase?

    public init(_ reason: Phrase? = nil) { self.reason = reason }

    public func html(_ words: WordBook) -> HTML {
        .element(
            "p", ["class": "empty"], words["kit.empty"].html, reason.map { .text(" ") + $0.html } ?? .empty)
    }
}

/// A state in a word and a colour.
public struct Chip: Component {
    public enum Colour: String, Sendable { case grey, blue, green, yellow, orange, red }

    public var label: Phrase
    public var colour: Colour

    public init(_ label: Phrase, _ colour: Colour = .grey) {
        self.label = label
        self.colour = colour
    }

    public var html: HTML { .element("span", ["class": "chip \(colour.rawValue)"], label.html) }
    public func html(_ words: WordBook) -> HTML { html }
}
