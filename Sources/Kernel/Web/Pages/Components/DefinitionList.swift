/// Names with what they stand for.
public struct DefinitionList: Component {
    public var entries: [(term: Phrase, description: HTML)]

    public init(_ entries: [(term: Phrase, description: HTML)]) { self.entries = entries }

    public func html(_ words: WordBook) -> HTML {
        guard !entries.isEmpty else { return EmptyNotice().html(words) }
        return .element(
            "dl", [:],
            entries.map { .element("div", [:], .element("dt", [:], $0.term.html), .element("dd", [:], $0.description)) }
        )
    }
}
