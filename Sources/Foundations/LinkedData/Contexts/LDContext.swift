/// An active JSON-LD context: what its terms mean. Immutable, and cheap to hand on.
public struct LDContext: Sendable {
    /// What contexts define in the end, while and after they are read.
    struct Definitions: Sendable {
        var terms: [ExactName: TermDefinition] = [:]
        var vocabulary: String?
        var base: String?
        var language: String?
    }

    let definitions: Definitions
    private let termOf: [ExactName: String]
    private let prefixes: [(term: String, iri: String)]

    init(_ definitions: Definitions) {
        self.definitions = definitions
        termOf = Self.inverse(of: definitions)
        prefixes = definitions.terms.compactMap { name, definition in
            guard definition.isPrefix, let iri = definition.iri else { return nil }
            return (name.text, iri)
        }
    }

    /// A context that says nothing.
    public static let empty = LDContext(Definitions())

    /// What is put before terms that have no definition (`@vocab`).
    public var vocabulary: String? { definitions.vocabulary }
    /// What relative references are resolved against (`@base`).
    public var base: String? { definitions.base }
    /// The language of strings that name none, in lower case (`@language`).
    public var language: String? { definitions.language }
    /// Every defined term, in no order.
    public var terms: [String] { definitions.terms.keys.map(\.text) }

    /// The definition of a term, nil if the context has none.
    public func definition(of term: String) -> TermDefinition? { definitions.terms[ExactName(term)] }

    /// What a property, type or `@vocab` value means: an IRI, a keyword, or nil if it means nothing here
    /// (IRI expansion, JSON-LD API §5.2).
    public func expand(_ name: String) -> String? { definitions.expand(name) }

    /// What an `@id` value means: terms are not looked at, compact IRIs and relative references are.
    public func expandReference(_ reference: String) -> String {
        if let whole = definitions.expandCompact(reference) { return whole }
        return IRI.resolve(reference, against: base) ?? reference
    }

    /// The shortest name that this context reads as the IRI: a term, a part of the vocabulary, a compact IRI or the IRI
    /// itself (IRI compaction, JSON-LD API §5.3, for values of any type).
    public func compact(_ iri: String) -> String {
        if let term = termOf[ExactName(iri)] { return term }
        if let vocabulary, let rest = IRI.rest(of: iri, after: vocabulary), definition(of: rest) == nil,
            expand(rest) == iri
        {
            return rest
        }
        return compactIRI(iri) ?? iri
    }

    private func compactIRI(_ iri: String) -> String? {
        var best: String?
        for prefix in prefixes {
            guard let rest = IRI.rest(of: iri, after: prefix.iri) else { continue }
            let candidate = "\(prefix.term):\(rest)"
            if let known = best, !ExactName.isBetter(candidate, than: known) { continue }
            if expand(candidate) == iri { best = candidate }
        }
        return best
    }

    private static func inverse(of definitions: Definitions) -> [ExactName: String] {
        var terms: [ExactName: String] = [:]
        for (name, definition) in definitions.terms {
            guard let iri = definition.iri, !definition.isReverse else { continue }
            let key = ExactName(iri)
            if let known = terms[key], !ExactName.isBetter(name.text, than: known) { continue }
            terms[key] = name.text
        }
        return terms
    }
}
