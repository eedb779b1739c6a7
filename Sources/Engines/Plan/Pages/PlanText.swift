import JSON
import Web

/// How the plan's values and texts stand on pages, in the reader's language.
struct PlanText: Sendable {
    let words: WordBook
    let plan: PlanService

    init(_ plan: PlanService, _ kit: PageKit, _ call: Call) {
        self.plan = plan
        words = kit.words(for: call)
    }

    /// A text of the plan: it is there in Japanese only, and marked so for others.
    func japanese(_ text: String) -> Phrase { words.inJapanese(Phrase(text)) }

    /// A value with its digits; what the plan does not state is said in words.
    func value(_ value: JSONNumber?, missing: WordKey) -> Phrase {
        value.map { Phrase(words.numbers.digits($0.digits)) } ?? words[missing]
    }

    func baseline(_ value: JSONNumber?) -> Phrase { self.value(value, missing: "plan.notMeasured") }
    func target(_ value: JSONNumber?) -> Phrase { self.value(value, missing: "plan.notSet") }

    /// `令和9年（2027年）`.
    func year(_ year: PlanYear) -> Phrase {
        let era = String(year.printed.dropFirst())
        return words("plan.year", ["era": .text(era), "year": .text(String(year.year))])
    }

    func unit(_ kpi: KPI) -> Phrase { kpi.unit == "%" ? "%" : japanese(kpi.unit) }

    func section(_ section: PlanSection) -> Phrase { japanese("\(section.id) \(section.title)") }

    /// A text with its terms linked to the glossary.
    func linked(_ text: String, excluding excluded: String? = nil) -> HTML {
        let html = plan.linker.pieces(of: text, excluding: excluded).map { piece in
            switch piece {
            case .text(let text): HTML.text(text)
            case .term(let spelling, let id): HTML.link(Phrase(spelling), to: PlanPath.term(id), class: "term")
            }
        }.joined()
        return words.inJapanese(Phrase(text: text, html: html)).html
    }

    /// Links to the terms that belong to a text without standing in it.
    func otherTerms(_ terms: [GlossaryTerm], of text: String) -> HTML {
        let inText = plan.linker.termIDs(in: text)
        let others = terms.filter { !inText.contains($0.id) }
        guard !others.isEmpty else { return .empty }
        let links = others.map { HTML.link(japanese($0.term), to: PlanPath.term($0.id), class: "term") }
        return .element("span", ["class": "terms"], words["plan.terms"].html, .text(" "), links.joined(separator: "、"))
    }

    /// The mark of a reprint, with a link to the original.
    func reprint(_ label: String, to path: String) -> HTML {
        Chip(words["plan.repeated"]).html + .text(" ") + .link(japanese(label), to: path)
    }
}
