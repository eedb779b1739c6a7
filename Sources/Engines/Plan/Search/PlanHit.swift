import JSON

/// Something found, as lists of results show it.
struct PlanHit: Sendable {
    /// `kpi`, `measure` or `term`.
    let kind: String
    let id: String
    let title: String
    let excerpt: String
    let path: String

    init(_ subject: PlanSearch.Subject) {
        switch subject {
        case .kpi(let kpi):
            (kind, id, title, excerpt, path) = ("kpi", kpi.id, kpi.name, kpi.definition, PlanPath.kpi(kpi.id))
        case .measure(let measure):
            (kind, id, title) = ("measure", measure.id, measure.summary)
            (excerpt, path) = ("\(measure.section) \(measure.group)", PlanPath.measure(measure.id))
        case .term(let term):
            (kind, id, title, excerpt, path) = ("term", term.id, term.term, term.definition, PlanPath.term(term.id))
        }
    }

    var facts: JSON {
        [
            "kind": .string(kind), "id": .string(id), "title": .string(title), "excerpt": .string(excerpt),
            "path": .string(path),
        ]
    }
}
