/// Chooses entities by what they are (ETSI GS CIM 009 clauses 5.2.8 and 5.2.33): all that is given must hold.
public struct EntitySelector: Sendable, Hashable {
    /// Any of these; empty: all.
    public var ids: [String]
    public var idPattern: Pattern?
    public var types: TypeExpression?
    /// One of the types matches (NGSIv2).
    public var typePattern: Pattern?

    public init(
        ids: [String] = [], idPattern: Pattern? = nil, types: TypeExpression? = nil, typePattern: Pattern? = nil
    ) {
        self.ids = ids
        self.idPattern = idPattern
        self.types = types
        self.typePattern = typePattern
    }

    public func matches(id: String, types entityTypes: [String]) -> Bool {
        if !ids.isEmpty, !ids.contains(id) { return false }
        if let types, !types.matches(entityTypes) { return false }
        if let idPattern, !idPattern.matches(id) { return false }
        if let typePattern, !entityTypes.contains(where: typePattern.matches) { return false }
        return true
    }
}
