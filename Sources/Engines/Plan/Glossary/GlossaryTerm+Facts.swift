import JSON

extension GlossaryTerm {
    var facts: JSON {
        [
            "id": .string(id), "term": .string(term), "definition": .string(definition),
            "spellings": .array(spellings.map(JSON.string)), "pages": .array(pages.map { JSON($0) }),
        ]
    }
}
