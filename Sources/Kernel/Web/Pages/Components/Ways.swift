/// Views of one thing as links that look like tabs.
public struct Tabs: Component {
    public var label: Phrase
    public var entries: [(label: Phrase, path: String, isCurrent: Bool)]

    public init(label: Phrase, _ entries: [(label: Phrase, path: String, isCurrent: Bool)]) {
        self.label = label
        self.entries = entries
    }

    public func html(_ words: WordBook) -> HTML {
        let links = entries.map {
            HTML.element(
                "li", [:], .element("a", ["href": $0.path, "aria-current": $0.isCurrent ? "page" : nil], $0.label.html))
        }
        return .element("nav", ["class": "tabs", "aria-label": label.text], .element("ul", [:], links))
    }
}

/// The steps of a procedure with where one is.
public struct Steps: Component {
    public struct Step: Sendable {
        public enum State: String, Sendable { case done, current, coming }
        public var label: Phrase
        public var state: State
        public var path: String?

        public init(_ label: Phrase, _ state: State, path: String? = nil) {
            self.label = label
            self.state = state
            self.path = path
        }
    }

    public var steps: [Step]
    public init(_ steps: [Step]) { self.steps = steps }

    public func html(_ words: WordBook) -> HTML {
        let current = (steps.firstIndex { $0.state == .current } ?? 0) + 1
        let sentence = words("kit.steps.position", ["n": .number(current), "total": .number(steps.count)])
        return .element("p", ["class": "hidden"], sentence.html)
            + .element("ol", ["class": "steps"], steps.enumerated().map { entry($0.offset + 1, $0.element, words) })
    }

    private func entry(_ number: Int, _ step: Step, _ words: WordBook) -> HTML {
        let label = step.path.map { .link(step.label, to: $0) } ?? step.label.html
        return .element(
            "li", ["class": step.state.rawValue, "aria-current": step.state == .current ? "step" : nil],
            .element("span", ["class": "step-number"], .text(String(number))), label,
            .element("span", ["class": "step-state"], words[WordKey("kit.steps.\(step.state.rawValue)")].html))
    }
}

/// A list of links to files, each with its type and size.
public struct Downloads: Component {
    public var entries: [(label: Phrase, path: String)]
    public init(_ entries: [(label: Phrase, path: String)]) { self.entries = entries }

    public func html(_ words: WordBook) -> HTML {
        .element(
            "ul", ["class": "downloads"],
            entries.map { .element("li", [:], .element("a", ["href": $0.path, "download": ""], $0.label.html)) })
    }
}
