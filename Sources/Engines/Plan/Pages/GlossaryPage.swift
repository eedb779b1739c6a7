import JSON
import Web

/// `/plan/glossary`: the terms, with where they are used.
struct GlossaryPage {
    let plan: PlanService
    let kit: PageKit
    let text: PlanText

    init(plan: PlanService, kit: PageKit, call: Call) {
        self.plan = plan
        self.kit = kit
        text = PlanText(plan, kit, call)
    }

    var page: Page {
        let words = text.words
        let body = kit.render("plan-glossary", ["terms": plan.document.glossary.map(values)], words)
        return Page(
            title: words["plan.glossary.title"], breadcrumb: [(words["plan.title"], PlanPath.overview)],
            lead: words("plan.glossary.lead", ["n": .number(plan.document.glossary.count)]), body: body,
            facts: [
                "items": .array(plan.document.glossary.map(facts)), "next": .null,
                "total": JSON(plan.document.glossary.count),
            ])
    }

    private func values(_ term: GlossaryTerm) -> [String: any Sendable] {
        let uses = uses(of: term)
        let links =
            uses.kpis.map { HTML.link(text.japanese($0.name), to: PlanPath.kpi($0.id)) }
            + uses.measures.map { HTML.link(text.japanese($0.summary), to: PlanPath.measure($0.id)) }
        return [
            "id": term.id, "term": text.japanese(term.term).html.text,
            "definition": text.linked(term.definition, excluding: term.id).text,
            "isUsed": !links.isEmpty, "uses": links.map(\.text),
            "pages": text.words(
                "plan.glossary.pages", ["pages": .text(term.pages.map(String.init).joined(separator: ", "))]
            ).html.text,
        ]
    }

    private func facts(_ term: GlossaryTerm) -> JSON {
        let uses = uses(of: term)
        var facts = term.facts
        facts["kpis"] = .array(uses.kpis.map { .string($0.id) })
        facts["measures"] = .array(uses.measures.map { .string($0.id) })
        return facts
    }

    private func uses(of term: GlossaryTerm) -> (kpis: [KPI], measures: [Measure]) {
        (
            plan.document.kpis.filter { $0.repeatOf == nil && $0.glossaryTerms.contains(term.term) },
            plan.document.measures.filter { $0.repeatOf == nil && $0.glossaryTerms.contains(term.term) }
        )
    }
}
