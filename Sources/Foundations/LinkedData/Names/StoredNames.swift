/// Names of types and attributes between a client's context and the stored form.
///
/// The stored form is the IRI compacted with the core context alone: an IRI of the default vocabulary is its last part
/// (`Room`), a core term is its term (`location`), any other IRI stays whole. The core context stands against whatever
/// a client's context says of its terms (ETSI GS CIM 009 clauses 4.4 and 5.5.7), and so does its vocabulary.
public struct StoredNames: Sendable {
    /// Whether names go through as they are: the client's context says nothing that the core context does not.
    public let isCore: Bool
    private let incoming: [ExactName: String?]
    private let outgoing: [ExactName: String]
    private let keywords: [ExactName: String]
    private let prefixes: [ExactName: String]

    /// The names of a client that gives no context, or the core context alone.
    public static let core = StoredNames(context: .core)

    /// The names of a client's context, read with ``LDContext/core`` as its start. Reading it costs time in proportion
    /// to its terms; names are looked up afterwards.
    public init(context: LDContext) {
        var incoming: [ExactName: String?] = [:]
        var keywords: [ExactName: String] = [:]
        var prefixes = Self.corePrefixes
        for (name, definition) in context.definitions.terms where Self.coreTerms[name] == nil {
            if let keyword = definition.keyword {
                keywords[name] = keyword
                incoming[name] = .some(nil)
            } else {
                incoming[name] = .some(definition.iri.map(Self.form(of:)))
            }
            if definition.isPrefix, let iri = definition.iri { prefixes[name] = iri }
        }
        outgoing = Self.inverse(of: incoming, reverse: context.definitions.terms.filter(\.value.isReverse))
        isCore = incoming.isEmpty
        self.incoming = incoming
        self.keywords = keywords
        self.prefixes = prefixes
    }

    /// The stored form of a client's name of a type, an attribute or a `vocab` value. Nil if the context takes its
    /// meaning away, makes it a keyword (as the core context does with `id` and `type`), or it is empty or begins with
    /// `@`.
    public func stored(_ name: String) -> String? {
        if !isCore, let known = incoming[ExactName(name)] { return known }
        guard let first = name.utf8.first, first != UInt8(ascii: "@"), name != "id", name != "type" else { return nil }
        guard let (prefix, suffix) = IRI.parts(of: name) else { return name }
        if prefix != "_", !suffix.hasPrefix("//"), let iri = prefixes[ExactName(String(prefix))] {
            return Self.form(of: iri + suffix)
        }
        return Self.form(of: IRI.isAbsolute(name) || prefix == "_" ? name : CoreTerms.defaultVocabulary + name)
    }

    /// The client's name of a stored one: the shortest, then least, term that its context reads as this name, or else
    /// the whole IRI.
    public func compact(_ stored: String) -> String {
        isCore ? stored : outgoing[ExactName(stored)] ?? stored
    }

    /// The keyword that the context gives to a name: `@id` for `id`, `@type` for `type`, and what the client adds.
    public func keyword(_ name: String) -> String? {
        switch name {
        case "id": "@id"
        case "type": "@type"
        default: keywords[ExactName(name)]
        }
    }

    /// The IRI of an `@id` value: compact IRIs are expanded, everything else stays.
    public func reference(_ text: String) -> String {
        guard let (prefix, suffix) = IRI.parts(of: text), !suffix.hasPrefix("//"),
            let iri = prefixes[ExactName(String(prefix))]
        else { return text }
        return iri + suffix
    }
}
