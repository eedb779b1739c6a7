import Storage

/// An entity with what the store keeps beside it, ready to be written.
public struct EntityWrite: Sendable, Hashable {
    public var space: String
    public var entity: Entity
    public var owner: TenantID
    public var visibility: Visibility
    public var municipality: String?
    public var provenance: Provenance
    /// Which ids and names are taken.
    public var naming: Naming

    public init(
        space: String = "area", entity: Entity, owner: TenantID, visibility: Visibility = .tenant,
        municipality: String? = nil, provenance: Provenance = Provenance(), naming: Naming = .linkedData
    ) {
        self.space = space
        self.entity = entity
        self.owner = owner
        self.visibility = visibility
        self.municipality = municipality
        self.provenance = provenance
        self.naming = naming
    }
}

/// Which ids and names a protocol takes. The store keeps either.
public enum Naming: Sendable, Hashable {
    /// Ids are URIs, names are terms, prefixed names or IRIs (ETSI GS CIM 009 clauses 4.5.1 and 4.6.2).
    case linkedData
    /// Any text without blanks, control characters, `<` `>` `"` `'` `=` `;` `(` and `)` (NGSIv2).
    case free
}

/// What a write did.
public enum WriteOutcome: String, Sendable, Hashable { case created, updated, unchanged }

/// One value of an attribute at one time, for the history.
public struct Observation: Sendable, Hashable {
    public var attribute: String
    /// The value as JSON bytes, with the digits as written; `null` for a missing measurement.
    public var value: [UInt8]
    public var observedAt: Instant

    public init(attribute: String, value: [UInt8], observedAt: Instant) {
        self.attribute = attribute
        self.value = value
        self.observedAt = observedAt
    }
}
