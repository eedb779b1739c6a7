import Storage

/// A type of entity as the actor sees it.
public struct EntityTypeSummary: Sendable, Hashable {
    public var type: String
    public var count: Int
    /// When one of them was last changed.
    public var modifiedAt: Instant?
    /// Names of the files or services that they came from.
    public var sources: [String]
    /// How many have a stated licence; the others are never offered as open data.
    public var licensedCount: Int

    public init(
        type: String, count: Int, modifiedAt: Instant?, sources: [String], licensedCount: Int = 0
    ) {
        self.type = type
        self.count = count
        self.modifiedAt = modifiedAt
        self.sources = sources
        self.licensedCount = licensedCount
    }
}

/// An attribute of a type as the actor sees it.
public struct AttributeSummary: Sendable, Hashable {
    public var name: String
    public var kinds: [AttributeKind]
    /// Codes of UN/CEFACT.
    public var units: [String]
    /// How many entities have it.
    public var count: Int

    public init(name: String, kinds: [AttributeKind], units: [String], count: Int) {
        self.name = name
        self.kinds = kinds
        self.units = units
        self.count = count
    }
}
