/// Chooses entities by what they are (ETSI GS CIM 009 clauses 5.2.8 and 5.2.33): all that is given must hold.
public struct EntitySelector: Sendable, Hashable {
    /// Any of these; empty: all.
    public var ids: [String]
    public var idPattern: Pattern?
    public var types: TypeExpression?
    /// One of the types matches (NGSIv2).
    public var typePattern: Pattern?
    /// Whether ids and patterns are meant for what NGSIv2 clients see of ids and types (`FreeNames`).
    public var showsFreeNames = false

    public init(
        ids: [String] = [], idPattern: Pattern? = nil, types: TypeExpression? = nil, typePattern: Pattern? = nil
    ) {
        self.ids = ids
        self.idPattern = idPattern
        self.types = types
        self.typePattern = typePattern
    }

    public func matches(id: String, types: [String]) -> Bool {
        let shownID = showsFreeNames ? FreeNames.id(id) : id
        if !ids.isEmpty, !ids.contains(shownID) { return false }
        if let wanted = self.types, !wanted.matches(types) { return false }
        if let idPattern, !idPattern.matches(shownID) { return false }
        guard let typePattern else { return true }
        return types.contains { typePattern.matches(showsFreeNames ? FreeNames.name($0) : $0) }
    }
}
