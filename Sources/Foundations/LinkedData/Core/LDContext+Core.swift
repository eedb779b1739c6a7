import JSON

extension LDContext {
    /// The core context in force: ``CoreVersion/current``.
    public static let core = core(.current)

    /// A version of the core context, from the built-in table.
    public static func core(_ version: CoreVersion) -> LDContext { versions[version.minor] }

    private static let versions: [LDContext] = CoreVersion.all.map { LDContext(definitions(of: $0)) }

    private static func definitions(of version: CoreVersion) -> Definitions {
        var definitions = Definitions()
        definitions.vocabulary = CoreTerms.defaultVocabulary
        definitions.terms[ExactName("id")] = TermDefinition(iri: "@id")
        definitions.terms[ExactName("type")] = TermDefinition(iri: "@type")
        definitions.terms[ExactName("ngsi-ld")] = TermDefinition(iri: CoreTerms.ngsi, isPrefix: true)
        if version.minor >= 3 {
            definitions.terms[ExactName("geojson")] = TermDefinition(iri: CoreTerms.geoJSON, isPrefix: true)
        }
        for group in CoreTerms.groups where (group.since...(group.until ?? 99)).contains(version.minor) {
            for (term, definition) in group.definitions { definitions.terms[ExactName(term)] = definition }
        }
        return definitions
    }

    /// A version as the JSON-LD document that its address stands for.
    public static func coreDocument(_ version: CoreVersion) -> JSON {
        var members = [JSONObject.Member("@version", 1.1), JSONObject.Member("@protected", true)]
        let context = core(version)
        for term in context.terms.sorted() {
            guard let definition = context.definition(of: term) else { continue }
            members.append(JSONObject.Member(term, definition.json))
        }
        members.append(JSONObject.Member("@vocab", .string(CoreTerms.defaultVocabulary)))
        return ["@context": .object(JSONObject(members))]
    }
}

extension CoreTerms {
    /// The group's terms with their definitions.
    var definitions: [(term: String, definition: TermDefinition)] {
        terms.split(separator: " ").map { entry in
            let parts = entry.split(separator: "=")
            let iri = namespace + (parts.count == 2 ? parts[1] : entry)
            return (String(parts[0]), TermDefinition(iri: iri, coercion: coercion, container: container))
        }
    }
}
