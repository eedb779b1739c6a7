import JSON

extension ContextProcessor {
    /// Terms that lean on each other in a longer chain than this are refused.
    private static let deepestChain = 128

    /// Defines a term of a local context, and before it the terms that it leans on (JSON-LD API §4.2).
    mutating func define(_ term: String, in local: inout LocalContext) throws(LDError) {
        switch local.progress(of: term) {
        case .done: return
        case .started: throw .invalid(reason: "Its definition leans on itself.", term: term)
        case nil: break
        }
        guard try Self.isDefinable(term), let value = local[term] else { return }
        guard local.nesting < Self.deepestChain else {
            throw .invalid(reason: "More than \(Self.deepestChain) definitions lean on each other.", term: term)
        }
        local.set(.started, for: term)
        local.nesting += 1
        let previous = active.terms.removeValue(forKey: ExactName(term))
        let definition = try definition(of: term, value, in: &local)
        active.terms[ExactName(term)] = try Self.settled(definition, previous: previous, term: term)
        local.nesting -= 1
        local.set(.done, for: term)
    }

    /// Whether a name can be a term; words that look like keywords are passed over.
    private static func isDefinable(_ term: String) throws(LDError) -> Bool {
        guard !term.isEmpty else { throw .invalid(reason: "A term is an empty string.") }
        if term == "@type" { return false }
        guard !Keyword.isKeyword(term) else { throw .invalid(reason: "A keyword cannot be defined.", term: term) }
        return !Keyword.hasForm(term)
    }

    /// What stands in the end: protected terms stay as they were.
    private static func settled(
        _ definition: TermDefinition?, previous: TermDefinition?, term: String
    ) throws(LDError) -> TermDefinition? {
        guard let previous, previous.isProtected else { return definition }
        guard let definition, definition.says(sameAs: previous) else {
            throw .invalid(reason: "It is protected, and this definition differs.", term: term)
        }
        return previous
    }

    private mutating func definition(
        of term: String, _ value: JSON, in local: inout LocalContext
    ) throws(LDError) -> TermDefinition? {
        switch value {
        case .null: return TermDefinition(iri: nil, isProtected: local.isProtected)
        case .string(let target):
            return try simpleDefinition(of: term, target, in: &local)
        case .object(let members):
            return try ExpandedDefinition(term: term, members: members).read(by: &self, in: &local)
        default: throw .invalid(reason: "A definition is a string, an object or null.", term: term)
        }
    }

    private mutating func simpleDefinition(
        of term: String, _ target: String, in local: inout LocalContext
    ) throws(LDError) -> TermDefinition? {
        guard Keyword.isKeyword(target) || !Keyword.hasForm(target) else { return nil }
        let iri = try target == term ? ownMeaning(of: term, in: &local) : meaning(target, of: term, in: &local)
        let isPrefix = !Self.isComposed(term) && (IRI.endsAsPrefix(iri) || IRI.isBlankNode(iri))
        return TermDefinition(iri: iri, isPrefix: isPrefix, isProtected: local.isProtected)
    }

    /// Whether a term looks like a compact IRI or a path, whose meaning no definition may change.
    static func isComposed(_ term: String) -> Bool {
        IRI.parts(of: term).map { !$0.suffix.isEmpty } == true || term.utf8.contains(UInt8(ascii: "/"))
    }

    /// The IRI or keyword that a definition gives to a term.
    mutating func meaning(
        _ target: String, of term: String, in local: inout LocalContext
    ) throws(LDError) -> String {
        guard let iri = try expand(target, in: &local), Self.isMeaning(iri), iri != "@context" else {
            throw .invalid(reason: "“\(target)” does not lead to an IRI.", term: term)
        }
        if Self.isComposed(term) {
            local.set(.done, for: term)
            guard try expand(term, in: &local) == iri else {
                throw .invalid(reason: "A term that looks like an IRI can only mean that IRI.", term: term)
            }
        }
        return iri
    }

    /// The IRI that a term has by itself: as a compact IRI or as a part of the vocabulary.
    mutating func ownMeaning(of term: String, in local: inout LocalContext) throws(LDError) -> String {
        local.set(.done, for: term)
        defer { local.set(.started, for: term) }
        guard let iri = try expand(term, in: &local), Self.isMeaning(iri) else {
            throw .invalid(reason: "It has no @id, and there is no @vocab.", term: term)
        }
        return iri
    }

    private static func isMeaning(_ iri: String) -> Bool {
        Keyword.isKeyword(iri) || IRI.isAbsolute(iri) || IRI.isBlankNode(iri)
    }

    /// IRI expansion that first defines the terms of the local context that it needs.
    mutating func expand(_ name: String, in local: inout LocalContext) throws(LDError) -> String? {
        if local.isWaiting(name) { try define(name, in: &local) }
        if let (prefix, suffix) = IRI.parts(of: name), prefix != "_", !suffix.hasPrefix("//"),
            local.isWaiting(String(prefix))
        {
            try define(String(prefix), in: &local)
        }
        return active.expand(name)
    }
}
