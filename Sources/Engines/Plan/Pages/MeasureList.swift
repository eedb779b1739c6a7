import Web

/// Measures under the titles of their groups, with linked terms; a reprint leads to its original.
struct MeasureList {
    let measures: [Measure]
    let text: PlanText

    /// Values for templates: `title` and `items` of each group.
    var groups: [[String: any Sendable]] {
        var groups: [(title: String, items: [String])] = []
        var current: (section: String, group: String)?
        for measure in measures {
            if current?.section != measure.section || current?.group != measure.group {
                groups.append((title(of: measure), []))
                current = (measure.section, measure.group)
            }
            groups[groups.count - 1].items.append(item(measure).text)
        }
        return groups.map { ["title": $0.title, "items": $0.items] }
    }

    private func title(of measure: Measure) -> String {
        text.japanese("\(measure.section) \(measure.group)").html.text
    }

    private func item(_ measure: Measure) -> HTML {
        let id = HTML.element("span", ["class": "measure-id"], .text(measure.id))
        if let original = measure.repeatOf {
            return .element(
                "li", ["id": "m-\(measure.id)"], id, .text(" "),
                text.reprint(measure.summary, to: PlanPath.measure(original)))
        }
        let examples =
            measure.examples.isEmpty
            ? HTML.empty : HTML.text("（") + text.linked(measure.examples.joined(separator: "、")) + .text("）")
        return .element(
            "li", ["id": "m-\(measure.id)"], id, .text(" "), text.linked(measure.summary), examples,
            .text(" "),
            text.otherTerms(
                text.plan.terms(of: measure.glossaryTerms),
                of: measure.summary + measure.examples.joined(separator: "、")))
    }
}
