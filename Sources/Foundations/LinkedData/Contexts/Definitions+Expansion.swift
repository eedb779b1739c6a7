extension LDContext.Definitions {
    /// A name relative to the vocabulary: an IRI, a keyword or nil (JSON-LD API §5.2 with `vocab` true).
    func expand(_ name: String) -> String? {
        if name.utf8.first == UInt8(ascii: "@"), Keyword.hasForm(name) {
            return Keyword.isKeyword(name) ? name : nil
        }
        if let definition = terms[ExactName(name)] { return definition.iri }
        if let whole = expandCompact(name) { return whole }
        return vocabulary.map { $0 + name }
    }

    /// The IRI of a compact or absolute one; nil if the text is neither.
    func expandCompact(_ name: String) -> String? {
        guard let (prefix, suffix) = IRI.parts(of: name) else { return nil }
        if prefix == "_" || suffix.hasPrefix("//") { return name }
        if let definition = terms[ExactName(String(prefix))], definition.isPrefix, let iri = definition.iri {
            return iri + suffix
        }
        return IRI.isAbsolute(name) ? name : nil
    }

    /// Takes over what another context says; its word stands against the present one.
    mutating func take(_ other: LDContext.Definitions) {
        terms.merge(other.terms) { $1 }
        vocabulary = other.vocabulary ?? vocabulary
        language = other.language ?? language
    }
}
