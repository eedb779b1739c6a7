import JSON
import Web

/// `/plan/kpis/{id}`: one indicator, the straight path to its target, and the measures of its section.
struct KPIPage {
    let kpi: KPI
    let plan: PlanService
    let kit: PageKit
    let text: PlanText

    init(kpi: KPI, plan: PlanService, kit: PageKit, call: Call) {
        self.kpi = kpi
        self.plan = plan
        self.kit = kit
        text = PlanText(plan, kit, call)
    }

    private var words: WordBook { text.words }

    var page: Page {
        let name = text.japanese(kpi.name)
        let charts = KPICharts(kpi: kpi, text: text)
        let groups = MeasureList(measures: plan.measures(beside: kpi), text: text).groups
        let body = kit.render(
            "plan-kpi",
            [
                "facts": DefinitionList(entries).html(words).text, "charts": charts.html.text,
                "table": KPITable(caption: name, kpis: [kpi], text: text, isLinked: false).html.text, "groups": groups,
                "terms": text.otherTerms(plan.terms(of: kpi.glossaryTerms, and: kpi.name), of: kpi.definition).text,
            ], words)
        return Page(
            title: name, breadcrumb: [(text.words["plan.title"], PlanPath.overview)], body: body, facts: facts)
    }

    private var entries: [(term: Phrase, description: HTML)] {
        var entries: [(term: Phrase, description: HTML)] = [
            (words["plan.kpi.id"], .text(kpi.id)), (words["plan.kpi.place"], place),
            (words["plan.kpi.definition"], text.linked(kpi.definition)),
            (words["plan.kpi.source"], words[WordKey("plan.source.\(kpi.source.rawValue)")].html),
        ]
        if kpi.isCumulative { entries.append((words["plan.kpi.counting"], words["plan.kpi.cumulative"].html)) }
        if kpi.isPerMunicipality { entries.append((words["plan.kpi.scope"], words["plan.kpi.perMunicipality"].html)) }
        let notes = [kpi.note, kpi.baseline.note, kpi.target.note].compactMap(\.self)
        if !notes.isEmpty {
            entries.append((words["plan.kpi.note"], notes.map { text.japanese($0).html }.joined(separator: "／")))
        }
        let repeats = plan.repeats(of: kpi).compactMap { plan.section($0.section) }
        if !repeats.isEmpty {
            let links = repeats.map { HTML.link(text.section($0), to: PlanPath.overview + "#s-" + $0.key) }
            entries.append((words["plan.kpi.repeats"], links.joined(separator: "、")))
        }
        return entries
    }

    /// The section, or the part of a vision.
    private var place: HTML {
        if let section = plan.section(kpi.section) {
            return .link(text.section(section), to: PlanPath.overview + "#s-" + section.key)
        }
        return words("plan.kpi.vision", ["part": .phrase(text.japanese(plan.part(kpi.section)?.title ?? ""))]).html
    }

    private var facts: JSON {
        var facts = kpi.facts
        facts["paths"] = .array(kpi.straightPaths.map(\.facts))
        facts["repeatedIn"] = .array(
            plan.repeats(of: kpi).map { ["id": .string($0.id), "section": .string($0.section)] })
        facts["measures"] = .array(plan.measures(beside: kpi).map(\.facts))
        return facts
    }
}
