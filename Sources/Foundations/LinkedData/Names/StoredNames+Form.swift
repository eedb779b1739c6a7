extension StoredNames {
    static let coreTerms = LDContext.core.definitions.terms
    static let corePrefixes = coreTerms.filter(\.value.isPrefix).compactMapValues(\.iri)

    private static let coreTermOf: [ExactName: String] = Dictionary(
        coreTerms.filter { $0.value.keyword == nil }.compactMap { name, definition in
            definition.iri.map { (ExactName($0), name.text) }
        }, uniquingKeysWith: { ExactName.isBetter($0, than: $1) ? $0 : $1 })

    /// The stored form of an IRI.
    public static func form(of iri: String) -> String {
        if let term = coreTermOf[ExactName(iri)] { return term }
        guard let rest = IRI.rest(of: iri, after: CoreTerms.defaultVocabulary), isPlain(rest) else { return iri }
        return rest
    }

    /// The IRI of a stored form.
    public static func iri(of stored: String) -> String {
        if let definition = coreTerms[ExactName(stored)], let iri = definition.iri { return iri }
        return isPlain(stored) ? CoreTerms.defaultVocabulary + stored : stored
    }

    /// Whether the core context reads a name as a part of its vocabulary.
    private static func isPlain(_ name: String) -> Bool {
        name.utf8.first != UInt8(ascii: "@") && !name.utf8.contains(UInt8(ascii: ":"))
            && coreTerms[ExactName(name)] == nil
    }

    /// From stored forms to terms. A stored form that the context would read otherwise gets its whole IRI.
    static func inverse(
        of incoming: [ExactName: String?], reverse: [ExactName: TermDefinition]
    ) -> [ExactName: String] {
        var outgoing: [ExactName: String] = [:]
        for (name, stored) in incoming where reverse[name] == nil {
            guard let stored, !stored.isEmpty else { continue }
            let key = ExactName(stored)
            if let known = outgoing[key], !ExactName.isBetter(name.text, than: known) { continue }
            outgoing[key] = name.text
        }
        for (name, stored) in incoming where outgoing[name] == nil && !isSame(stored, name) {
            outgoing[name] = iri(of: name.text)
        }
        return outgoing
    }

    private static func isSame(_ stored: String?, _ name: ExactName) -> Bool {
        stored.map(ExactName.init) == name
    }
}
