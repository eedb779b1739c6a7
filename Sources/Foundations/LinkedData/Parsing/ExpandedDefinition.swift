import JSON

/// A term's definition that is written as an object (JSON-LD 1.1 §9.15.1).
struct ExpandedDefinition {
    let term: String
    let members: JSONObject

    private static let known: Set<String> = [
        "@container", "@context", "@direction", "@id", "@index", "@language", "@nest", "@prefix", "@propagate",
        "@protected", "@reverse", "@type",
    ]

    func read(by processor: inout ContextProcessor, in local: inout LocalContext) throws(LDError) -> TermDefinition? {
        if members.contains("@context") { throw .scopedContext(term: term) }
        if let name = members.names.first(where: { !Self.known.contains($0) }) {
            throw invalid("A definition has no member “\(name)”.")
        }
        guard let (iri, isReverse) = try meaning(by: &processor, in: &local) else { return nil }
        var definition = TermDefinition(iri: iri, isReverse: isReverse)
        definition.isProtected = try flag("@protected") ?? local.isProtected
        definition.coercion = try coercion(by: &processor, in: &local)
        definition.container = try container(isReverse: isReverse)
        definition.isPrefix = try isPrefix(iri)
        if definition.coercion == nil, let language = members["@language"] {
            definition.language = .some(try ContextProcessor.text(language, of: "@language", term: term)?.lowercased())
        }
        try checkTolerated()
        return definition
    }

    /// The IRI, and whether it is read backwards; nil if the definition is to be passed over.
    private func meaning(
        by processor: inout ContextProcessor, in local: inout LocalContext
    ) throws(LDError) -> (iri: String?, isReverse: Bool)? {
        if let reverse = members["@reverse"] {
            guard case .string(let target) = reverse, !members.contains("@id"), !members.contains("@nest") else {
                throw invalid("@reverse is a string, and stands without @id and @nest.")
            }
            guard !Keyword.hasForm(target) else { return nil }
            return (try processor.meaning(target, of: term, in: &local), true)
        }
        guard let id = members["@id"] else { return (try processor.ownMeaning(of: term, in: &local), false) }
        guard let target = try ContextProcessor.text(id, of: "@id", term: term) else { return (nil, false) }
        guard Keyword.isKeyword(target) || !Keyword.hasForm(target) else { return nil }
        if target == term { return (try processor.ownMeaning(of: term, in: &local), false) }
        return (try processor.meaning(target, of: term, in: &local), false)
    }

    private func coercion(
        by processor: inout ContextProcessor, in local: inout LocalContext
    ) throws(LDError) -> TermDefinition.Coercion? {
        guard let value = members["@type"] else { return nil }
        guard case .string(let name) = value else { throw invalid("@type is no string.") }
        switch try processor.expand(name, in: &local) {
        case "@id": return .id
        case "@vocab": return .vocab
        case "@json": return .json
        case "@none": return TermDefinition.Coercion.none
        case let iri? where IRI.isAbsolute(iri): return .datatype(iri)
        default: throw invalid("@type “\(name)” does not lead to an IRI.")
        }
    }

    private func container(isReverse: Bool) throws(LDError) -> TermDefinition.Container {
        var container: TermDefinition.Container = []
        for value in members["@container"].map({ $0.arrayValue ?? [$0] }) ?? [] where !value.isNull {
            guard let name = value.stringValue,
                let known = TermDefinition.Container.names.first(where: { $0.name == name })
            else { throw invalid("@container \(value) is none of JSON-LD's.") }
            container.insert(known.container)
        }
        let isMixedList = container.contains(.list) && container != .list
        guard !isMixedList, !isReverse || container.isSubset(of: [.set, .index]) else {
            throw invalid("These containers cannot stand together.")
        }
        return container
    }

    private func isPrefix(_ iri: String?) throws(LDError) -> Bool {
        guard let isPrefix = try flag("@prefix") else { return false }
        guard !ContextProcessor.isComposed(term), iri.map(Keyword.isKeyword) != true else {
            throw invalid("It cannot be a prefix.")
        }
        return isPrefix && iri != nil
    }

    /// Checks members that are known, and that nothing here makes use of.
    private func checkTolerated() throws(LDError) {
        for name in ["@nest", "@index"] where members.contains(name) {
            guard case .string? = members[name] else { throw invalid("\(name) is no string.") }
        }
    }

    private func flag(_ name: String) throws(LDError) -> Bool? {
        guard let value = members[name] else { return nil }
        guard let flag = value.boolValue else { throw invalid("\(name) is neither true nor false.") }
        return flag
    }

    private func invalid(_ reason: String) -> LDError { .invalid(reason: reason, term: term) }
}
