import JSON
import Web

/// Indicators with baseline and target, one row each, or one for each kind of school.
struct KPITable {
    let caption: Phrase
    let kpis: [KPI]
    let text: PlanText
    /// Whether names lead to the indicators' own pages.
    var isLinked = true

    var html: HTML {
        let words = text.words
        return DataTable(
            caption: caption,
            columns: [
                .init(words["plan.kpi.label"]), .init(words["plan.baseline"], numeric: true),
                .init(words["plan.baselineYear"]),
                .init(words["plan.target"], numeric: true), .init(words["plan.targetYear"]), .init(words["plan.unit"]),
            ],
            rows: kpis.flatMap(rows), dense: true, hidesCaption: true
        ).html(words)
    }

    private func rows(_ kpi: KPI) -> [[HTML]] {
        let name = text.japanese(kpi.name)
        let link = isLinked ? HTML.link(name, to: PlanPath.kpi(kpi.id)) : name.html
        guard !kpi.breakdown.isEmpty else {
            return [row(link, kpi, kpi.baseline.value, kpi.target.value)]
        }
        return kpi.breakdown.map { part in
            let label = HTML.element("span", ["class": "kind"], .text(" ― "), text.japanese(part.label).html)
            return row(link + label, kpi, part.baseline, part.target)
        }
    }

    private func row(_ heading: HTML, _ kpi: KPI, _ baseline: JSONNumber?, _ target: JSONNumber?) -> [HTML] {
        [
            heading, text.baseline(baseline).html, year(kpi.baseline.year), text.target(target).html,
            year(kpi.target.year), text.unit(kpi).html,
        ]
    }

    private func year(_ year: PlanYear) -> HTML { .element("span", ["class": "nowrap"], text.year(year).html) }
}
