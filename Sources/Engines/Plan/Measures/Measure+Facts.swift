import JSON

extension Measure {
    var facts: JSON {
        [
            "id": .string(id), "section": .string(section), "group": .string(group), "subgroup": JSON(subgroup),
            "summary": .string(summary), "examples": .array(examples.map(JSON.string)), "repeatOf": JSON(repeatOf),
            "glossaryTerms": .array(glossaryTerms.map(JSON.string)),
        ]
    }
}
