import JSON

extension TermDefinition {
    /// The definition as it would stand in a context document, with whole IRIs.
    public var json: JSON {
        let isSimple = coercion == nil && container.isEmpty && language == nil && !isReverse && !isProtected
        let target = JSON(iri)
        if isSimple, !isPrefix || iri.map(IRI.endsAsPrefix) == true { return target }
        var members = [JSONObject.Member(isReverse ? "@reverse" : "@id", target)]
        if let coercion { members.append(.init("@type", .string(coercion.name))) }
        if !container.isEmpty { members.append(.init("@container", container.json)) }
        if let language { members.append(.init("@language", JSON(language))) }
        if isPrefix { members.append(.init("@prefix", true)) }
        if isProtected { members.append(.init("@protected", true)) }
        return .object(JSONObject(members))
    }
}

extension TermDefinition.Coercion {
    /// The value of `@type`.
    var name: String {
        switch self {
        case .id: "@id"
        case .vocab: "@vocab"
        case .json: "@json"
        case .none: "@none"
        case .datatype(let iri): iri
        }
    }
}

extension TermDefinition.Container {
    static let names: [(name: String, container: TermDefinition.Container)] = [
        ("@graph", .graph), ("@id", .id), ("@index", .index), ("@language", .language), ("@list", .list),
        ("@set", .set), ("@type", .type),
    ]

    var json: JSON {
        let names = Self.names.filter { contains($0.container) }.map { JSON.string($0.name) }
        return names.count == 1 ? names[0] : .array(names)
    }
}
