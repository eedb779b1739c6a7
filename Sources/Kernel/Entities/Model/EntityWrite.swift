import Storage

/// An entity with what the store keeps beside it, ready to be written.
public struct EntityWrite: Sendable, Hashable {
    public var space: String
    public var entity: Entity
    public var owner: TenantID
    public var visibility: Visibility
    public var municipality: String?
    public var provenance: Provenance

    public init(
        space: String = "area", entity: Entity, owner: TenantID, visibility: Visibility = .tenant,
        municipality: String? = nil, provenance: Provenance = Provenance()
    ) {
        self.space = space
        self.entity = entity
        self.owner = owner
        self.visibility = visibility
        self.municipality = municipality
        self.provenance = provenance
    }
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
