import JSON
import Web

/// `/plan/measures`: the measures, all or of one section or with some words.
struct MeasuresPage {
    let section: PlanSection?
    let query: String
    let plan: PlanService
    let kit: PageKit
    let text: PlanText

    init(section: PlanSection?, words: String, plan: PlanService, kit: PageKit, call: Call) {
        self.section = section
        query = words
        self.plan = plan
        self.kit = kit
        text = PlanText(plan, kit, call)
    }

    /// With words, a reprint is found by its original's text too.
    private var measures: [Measure] {
        let inSection = section.map { plan.measures(ofSection: $0.id) } ?? plan.document.measures
        guard !query.allSatisfy(\.isWhitespace) else { return inSection }
        var found: Set<String> = []
        for case .measure(let measure) in plan.find(query) { found.insert(measure.id) }
        return inSection.filter { found.contains($0.repeatOf ?? $0.id) }
    }

    var page: Page {
        let (words, measures) = (text.words, measures)
        let body = kit.render(
            "plan-measures",
            [
                "form": form.text, "groups": MeasureList(measures: measures, text: text).groups,
                "shown": words("plan.measures.shown", ["n": .number(measures.count)]).html.text,
                "isEmpty": measures.isEmpty,
                "heading": (section.map { text.section($0) } ?? words["plan.measures.all"]).html.text,
                "directions": (section?.directions ?? []).map { text.linked($0).text },
                "hasDirections": section?.directions.isEmpty == false,
                "kpis": section.map(kpis)?.text ?? "",
            ], words)
        return Page(
            title: words["plan.measures.title"], breadcrumb: [(words["plan.title"], PlanPath.overview)],
            lead: words["plan.measures.lead"], body: body, facts: facts(measures))
    }

    private var form: HTML {
        let words = text.words
        let choices = plan.document.parts.flatMap(\.sections).map { (value: $0.key, label: text.section($0)) }
        return PageForm(
            get: PlanPath.measures, submit: words["plan.measures.filter"],
            fields: [
                Field(
                    "section", label: words["plan.section.label"],
                    .select([("", words["plan.measures.all"])] + choices),
                    value: section?.key ?? "", need: .unsaid
                ).html(words),
                Field("q", label: words["plan.search.label"], .input(type: "search"), value: query, need: .unsaid).html(
                    words),
            ]
        ).html(words)
    }

    private func kpis(_ section: PlanSection) -> HTML {
        let links = plan.kpis(ofSection: section.id).map {
            HTML.element("li", [:], .link(text.japanese($0.name), to: PlanPath.kpi($0.repeatOf ?? $0.id)))
        }
        return .element("ul", [:], links)
    }

    private func facts(_ measures: [Measure]) -> JSON {
        [
            "section": section?.facts ?? .null, "items": .array(measures.map(\.facts)), "next": .null,
            "total": JSON(measures.count),
        ]
    }
}
