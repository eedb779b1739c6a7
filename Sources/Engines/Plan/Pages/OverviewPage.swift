import JSON
import Web

/// `/plan`: all indicators by chapter and section, each figure once.
struct OverviewPage {
    let plan: PlanService
    let kit: PageKit
    let text: PlanText
    private let language: Language

    init(plan: PlanService, kit: PageKit, call: Call) {
        self.plan = plan
        self.kit = kit
        text = PlanText(plan, kit, call)
        language = call.language
    }

    var page: Page {
        let (words, document) = (text.words, plan.document)
        let lead = words(
            "plan.lead",
            [
                "publisher": .phrase(text.japanese(document.publisher)),
                "first": .phrase(text.year(document.period.first)),
                "last": .phrase(text.year(document.period.last)), "kpis": .number(document.kpis.count),
                "different": .number(document.kpis.count { $0.repeatOf == nil }),
            ])
        let body = kit.render(
            "plan-overview",
            [
                "search": PlanSearchForm(query: "", words: words).html.text,
                "measures": words("plan.measures.count", ["n": .number(document.measures.count)]).html.text,
                "glossary": words("plan.glossary.count", ["n": .number(document.glossary.count)]).html.text,
                "visions": document.parts.compactMap(vision), "parts": document.parts.map(part),
            ], words)
        return Page(title: text.japanese(document.title), lead: lead, body: body, facts: facts)
    }

    private func vision(_ part: PlanPart) -> [String: any Sendable]? {
        let kpis = plan.kpis(ofSection: part.id)
        guard !kpis.isEmpty else { return nil }
        let title = text.japanese(part.title)
        return ["title": title.html.text, "table": KPITable(caption: title, kpis: kpis, text: text).html.text]
    }

    private func part(_ part: PlanPart) -> [String: any Sendable] {
        ["id": part.id, "title": text.japanese(part.title).html.text, "sections": part.sections.map(section)]
    }

    private func section(_ section: PlanSection) -> [String: any Sendable] {
        let kpis = plan.kpis(ofSection: section.id)
        let originals = kpis.filter { $0.repeatOf == nil }
        let repeated = kpis.compactMap { kpi in
            kpi.repeatOf.map { text.reprint(kpi.name, to: PlanPath.kpi($0)).text }
        }
        let title = text.section(section)
        let count = plan.measures(ofSection: section.id).count
        return [
            "key": section.key, "title": title.html.text, "measuresPath": PlanPath.measures(section),
            "measures": text.words("plan.section.measures", ["n": .number(count)]).html.text,
            "table": originals.isEmpty ? "" : KPITable(caption: title, kpis: originals, text: text).html.text,
            "hasRepeated": !repeated.isEmpty, "repeated": repeated,
        ]
    }

    private var facts: JSON {
        let document = plan.document
        return [
            "title": .string(document.title), "publisher": .string(document.publisher),
            "period": ["from": JSON(document.period.first.year), "to": JSON(document.period.last.year)],
            "counts": [
                "kpis": JSON(document.kpis.count), "differentKpis": JSON(document.kpis.count { $0.repeatOf == nil }),
                "measures": JSON(document.measures.count),
                "differentMeasures": JSON(document.measures.count { $0.repeatOf == nil }),
                "glossaryTerms": JSON(document.glossary.count),
            ],
            "visions": .array(document.parts.compactMap(visionFacts)), "parts": .array(document.parts.map(partFacts)),
        ]
    }

    private func visionFacts(_ part: PlanPart) -> JSON? {
        let kpis = plan.kpis(ofSection: part.id)
        guard !kpis.isEmpty else { return Optional<JSON>.none }
        return ["part": .string(part.id), "title": .string(part.title), "kpis": .array(kpis.map(\.facts))]
    }

    private func partFacts(_ part: PlanPart) -> JSON {
        ["id": .string(part.id), "title": .string(part.title), "sections": .array(part.sections.map(sectionFacts))]
    }

    private func sectionFacts(_ section: PlanSection) -> JSON {
        let kpis = plan.kpis(ofSection: section.id)
        var facts = section.facts
        facts["kpis"] = .array(kpis.filter { $0.repeatOf == nil }.map(\.facts))
        facts["repeatedKpis"] = .array(
            kpis.filter { $0.repeatOf != nil }.map { ["id": .string($0.id), "repeatOf": JSON($0.repeatOf)] })
        facts["measureCount"] = JSON(plan.measures(ofSection: section.id).count)
        return facts
    }
}
