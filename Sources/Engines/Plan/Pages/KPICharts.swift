import JSON
import Web

/// The straight paths of an indicator as pictures with their tables: one, or one for each kind of school.
struct KPICharts {
    let kpi: KPI
    let text: PlanText

    var html: HTML {
        let paths = kpi.straightPaths
        guard !paths.isEmpty else {
            return .element("p", ["class": "empty"], text.words["plan.kpi.noPath"].html)
        }
        guard paths.count > 1 else { return paths.map { chart($0, number: 1).html(text.words) }.joined() }
        return Grid(paths.enumerated().map { chart($0.element, number: $0.offset + 1).html(text.words) }).html(
            text.words)
    }

    private func chart(_ path: StraightPath, number: Int) -> PathChart {
        PathChart(
            ChartFrame(
                id: "path-\(number)", title: title(path), finding: finding(path),
                source: text.japanese(text.plan.document.title)),
            unit: text.unit(kpi),
            path: path.points.map { point in
                PathChart.Point(
                    year: point.year, value: point.value.doubleValue ?? 0,
                    shown: shown(point))
            })
    }

    private func title(_ path: StraightPath) -> Phrase {
        let name = text.japanese(path.label.map { "\(kpi.name)（\($0)）" } ?? kpi.name)
        return text.words(
            "plan.chart.title",
            ["name": .phrase(name), "first": .text(year(path.points.first)), "last": .text(year(path.points.last))])
    }

    private func finding(_ path: StraightPath) -> Phrase {
        text.words(
            "plan.chart.finding",
            [
                "first": .text(year(path.points.first)), "last": .text(year(path.points.last)),
                "baseline": .text(shown(path.points.first)),
                "target": .text(shown(path.points.last)),
                "unit": .phrase(text.unit(kpi)),
            ])
    }

    private func year(_ point: StraightPath.Point?) -> String { String(point?.year ?? 0) }

    private func shown(_ point: StraightPath.Point?) -> String {
        text.words.numbers.digits(point?.value.digits ?? "")
    }
}
