/// Full-text search over indicators, measures and terms.
///
/// The texts are few (255), so each is looked through for each word: no word is too short, and Japanese needs no cutting.
public struct PlanSearch: Sendable {
    /// What was found.
    public enum Subject: Sendable, Hashable {
        case kpi(KPI)
        case measure(Measure)
        case term(GlossaryTerm)
    }

    private struct Entry: Sendable {
        let subject: Subject
        let title: String
        let text: String

        init(_ subject: Subject, _ title: String, _ texts: [String]) {
            self.subject = subject
            self.title = SearchText.folded(title)
            text = SearchText.folded(texts.joined(separator: "\n"))
        }
    }

    private let entries: [Entry]

    /// Repeated indicators and measures are found once, at their first place.
    public init(_ document: PlanDocument) {
        let kpis = document.kpis.filter { $0.repeatOf == nil }.map { kpi in
            Entry(.kpi(kpi), kpi.name, [kpi.id, kpi.definition, kpi.note ?? ""] + kpi.breakdown.map(\.label))
        }
        let terms = document.glossary.map { Entry(.term($0), $0.term, [$0.definition] + $0.spellings) }
        let measures = document.measures.filter { $0.repeatOf == nil }.map { measure in
            Entry(
                .measure(measure), measure.summary,
                [measure.id, measure.group, measure.subgroup ?? ""] + measure.examples + measure.glossaryTerms)
        }
        entries = kpis + terms + measures
    }

    /// What holds every word, those with a word in their title first, else in the document's order: indicators, terms,
    /// measures. Nothing for an empty search.
    public func find(_ words: String) -> [Subject] {
        let words = SearchText.folded(words).split(separator: " ").map(String.init)
        guard !words.isEmpty else { return [] }
        let found = entries.filter { entry in
            words.allSatisfy { entry.title.contains($0) || entry.text.contains($0) }
        }
        let inTitle = { (entry: Entry) in words.contains { entry.title.contains($0) } }
        return (found.filter(inTitle) + found.filter { !inTitle($0) }).map(\.subject)
    }
}
