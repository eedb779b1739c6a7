import JSON
import Web

/// What the plan gives to pages that span engines.
package struct PlanContributions: Sendable {
    let plan: PlanService
    let kit: PageKit

    package init(plan: PlanService, kit: PageKit) {
        self.plan = plan
        self.kit = kit
    }

    package var all: [Contribution] {
        [
            .navigation(order: 30, label: "plan.navigation", path: PlanPath.overview),
            .search(title: "plan.title") { _, words, limit in search(words, limit) },
            .homePanel(order: 20) { call in homePanel(call) },
            .townPanel(order: 50) { call, municipality in townPanel(call, municipality) },
        ]
    }

    private func search(_ words: String, _ limit: Int) -> SearchGroup {
        let found = plan.find(words)
        let hits = found.prefix(limit).map(PlanHit.init).map {
            SearchGroup.Hit(title: $0.title, excerpt: $0.excerpt, path: $0.path)
        }
        let more = Call.address(PlanPath.search, [.init("q", words)])
        return SearchGroup(hits: Array(hits), total: found.count, morePath: found.count > hits.count ? more : nil)
    }

    /// The indicators of the visions: where they stand and what they should reach.
    private func homePanel(_ call: Call) -> Panel {
        let text = PlanText(plan, kit, call)
        let figures = plan.headline.map { figure($0, text).html(text.words) }
        let link = HTML.element("p", [:], .link(text.words["plan.panel.all"], to: PlanPath.overview))
        return Panel(
            id: "plan", title: text.words["plan.panel.headline"], html: Grid(figures).html(text.words) + link,
            facts: ["kpis": .array(plan.headline.map(\.shortFacts))])
    }

    private func figure(_ kpi: KPI, _ text: PlanText) -> Figure {
        // A figure split by school kind keeps its numbers short: the kinds stand in the label, in the same order.
        let parts = kpi.breakdown.map { text.baseline($0.baseline).text }.joined(separator: "・")
        let kinds = kpi.breakdown.isEmpty ? "" : "（\(kpi.breakdown.map(\.label).joined(separator: "・"))）"
        let targets = Set(kpi.breakdown.map(\.target))
        let target = kpi.target.value ?? (targets.count == 1 ? targets.first ?? nil : nil)
        return Figure(
            text.japanese(kpi.name + kinds),
            value: kpi.breakdown.isEmpty ? text.baseline(kpi.baseline.value).text : parts,
            unit: text.unit(kpi),
            note: text.words(
                "plan.panel.target",
                ["value": .phrase(text.target(target)), "year": .phrase(text.year(kpi.target.year))]),
            path: PlanPath.kpi(kpi.id))
    }

    /// The indicators in which every municipality has a share. The plan states values for the prefecture only; a
    /// municipality's own are reports that it has still to make, and that is said.
    private func townPanel(_ call: Call, _ municipality: String) -> Panel {
        let text = PlanText(plan, kit, call)
        let words = text.words
        let table = DataTable(
            caption: words["plan.panel.town"],
            columns: [
                .init(words["plan.kpi.label"]), .init(words["plan.panel.own"]),
                .init(words["plan.baseline"], numeric: true),
                .init(words["plan.target"], numeric: true), .init(words["plan.targetYear"]), .init(words["plan.unit"]),
            ],
            rows: plan.municipalKPIs.map { kpi in
                [
                    .link(text.japanese(kpi.name), to: PlanPath.kpi(kpi.id)), words["plan.panel.notReported"].html,
                    text.baseline(kpi.baseline.value).html, text.target(kpi.target.value).html,
                    text.year(kpi.target.year).html, text.unit(kpi).html,
                ]
            }, dense: true, hidesCaption: true)
        let facts = plan.municipalKPIs.map { kpi -> JSON in
            var facts = kpi.shortFacts
            facts["municipalityCode"] = .string(municipality)
            facts["value"] = .null
            return facts
        }
        return Panel(
            id: "plan", title: words["plan.panel.town"],
            html: .element("p", [:], words["plan.panel.townLead"].html) + table.html(words),
            facts: ["kpis": .array(facts)])
    }
}
