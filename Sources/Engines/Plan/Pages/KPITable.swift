import JSON
import Web

/// Indicators with baseline and target, one row each, or one for each kind of school.
struct KPITable {
    let caption: Phrase
    let kpis: [KPI]
    let text: PlanText

    var html: HTML {
        let words = text.words
        return DataTable(
            caption: caption,
            columns: [
                .init(words["plan.kpi"]), .init(words["plan.baseline"], numeric: true),
                .init(words["plan.baselineYear"]),
                .init(words["plan.target"], numeric: true), .init(words["plan.targetYear"]), .init(words["plan.unit"]),
            ],
            rows: kpis.flatMap(rows), dense: true, hidesCaption: true
        ).html(words)
    }

    private func rows(_ kpi: KPI) -> [[HTML]] {
        let link = HTML.link(text.japanese(kpi.name), to: PlanPath.kpi(kpi.id))
        guard !kpi.breakdown.isEmpty else {
            return [row(link, kpi, kpi.baseline.value, kpi.target.value)]
        }
        return kpi.breakdown.map { part in
            let label = HTML.element("span", ["class": "kind"], .text("（"), text.japanese(part.label).html, .text("）"))
            return row(link + label, kpi, part.baseline, part.target)
        }
    }

    private func row(_ heading: HTML, _ kpi: KPI, _ baseline: JSONNumber?, _ target: JSONNumber?) -> [HTML] {
        [
            heading, text.baseline(baseline).html, text.year(kpi.baseline.year).html, text.target(target).html,
            text.year(kpi.target.year).html, text.unit(kpi).html,
        ]
    }
}
