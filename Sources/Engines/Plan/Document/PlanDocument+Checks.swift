extension PlanDocument {
    /// Checks that ids are unique, references lead somewhere, and the numbers of things are those that the document
    /// states of itself.
    func check(counts: PlanRecord) throws(PlanDataError) {
        try checkReferences(of: kpis.map { ($0.id, $0.section, $0.repeatOf, $0.glossaryTerms) }, file: "kpis.json")
        try checkReferences(
            of: measures.map { ($0.id, $0.section, $0.repeatOf, $0.glossaryTerms) }, file: "measures.json")
        let actual = [
            "parts": parts.count, "sections": parts.flatMap(\.sections).count,
            "groups": parts.flatMap(\.sections).flatMap(\.groups).count, "measures": measures.count,
            "measuresUnique": measures.count { $0.repeatOf == nil }, "kpisTotal": kpis.count,
            "kpisVision": kpis.count { $0.kind == .vision }, "kpisUnique": kpis.count { $0.repeatOf == nil },
            "glossaryTerms": glossary.count,
        ]
        for (name, count) in actual.sorted(by: { $0.key < $1.key }) {
            let stated = try counts.int(name)
            guard stated == count else { throw counts.fault("'\(name)' is \(stated), but there are \(count).") }
        }
    }

    private typealias References = (id: String, section: String, repeatOf: String?, terms: [String])

    private func checkReferences(of things: [References], file: String) throws(PlanDataError) {
        let sections = Set(parts.map(\.id) + parts.flatMap(\.sections).map(\.id))
        let terms = Set(glossary.map(\.term))
        let originals = Set(things.filter { $0.repeatOf == nil }.map(\.id))
        guard Set(things.map(\.id)).count == things.count else {
            throw PlanDataError(file: file, reason: "An id is there twice.")
        }
        for thing in things {
            let fault: String? =
                if !sections.contains(thing.section) {
                    "The section '\(thing.section)' is not in structure.json."
                } else if let original = thing.repeatOf, !originals.contains(original) {
                    "It repeats '\(original)', which is not there."
                } else if let term = thing.terms.first(where: { !terms.contains($0) }) {
                    "The term '\(term)' is not in glossary.json."
                } else { nil }
            if let fault { throw PlanDataError(file: file, reason: "\(thing.id): \(fault)") }
        }
    }
}
