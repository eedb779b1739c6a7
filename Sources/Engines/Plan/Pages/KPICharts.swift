import Foundation
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
                    year: point.year, value: NSDecimalNumber(decimal: point.value).doubleValue,
                    shown: shown(point.value))
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
                "baseline": .text(shown(path.points.first?.value ?? 0)),
                "target": .text(shown(path.points.last?.value ?? 0)),
                "unit": .phrase(text.unit(kpi)),
            ])
    }

    private func year(_ point: StraightPath.Point?) -> String { String(point?.year ?? 0) }

    private func shown(_ value: Decimal) -> String { text.words.numbers.digits(value.description) }
}
