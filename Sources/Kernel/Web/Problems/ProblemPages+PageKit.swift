import HTTPTypes
import JSON
import Storage

extension ProblemPages {
    /// In the site's layout and the reader's language.
    public init(_ pages: PageKit) {
        self.init(
            page: { call, problem in
                pages.problemAnswer(call, problem.refusal, status: .init(code: problem.kind.status))
            },
            explanation: { call, kind in pages.answer(call, Self.explanation(kind, pages.words(for: call))) },
            overview: { call, kinds in pages.answer(call, Self.overview(kinds, pages.words(for: call))) })
    }

    private static func explanation(_ kind: ProblemKind, _ words: WordBook) -> Page {
        Page(
            title: title(kind, words), breadcrumb: [(words["problem.overview.title"], "/problems")],
            lead: words[WordKey("problem.\(kind.code.rawValue).text")],
            body: .element(
                "p", [:], words["problem.overview.status"].html, .text(": "),
                .element("code", [:], .text("\(kind.status) \(kind.code.rawValue)"))),
            isWide: false, facts: kind.facts)
    }

    private static func overview(_ kinds: [ProblemKind], _ words: WordBook) -> Page {
        let links = kinds.map { HTML.element("li", [:], .link(title($0, words), to: $0.path)) }
        return Page(
            title: words["problem.overview.title"], lead: words["problem.overview.lead"],
            body: .element("ul", [:], links), isWide: false, facts: ProblemKind.facts(kinds))
    }

    private static func title(_ kind: ProblemKind, _ words: WordBook) -> Phrase {
        words[WordKey("problem.\(kind.code.rawValue).title")]
    }
}
