import JSON
import Storage

/// What a change makes of an entity. What is `nil` stays as it is.
public struct EntityEdit: Sendable {
    /// New attributes in normalized form, whole, with all their instances; `nil` removes one.
    public var attributes: [(name: String, value: JSON?)]
    public var types: [String]?
    public var scopes: [String]?
    /// `.some(nil)`: the entity stays for good.
    public var expiresAt: Instant??
    public var naming: Naming

    public init(
        attributes: [(name: String, value: JSON?)] = [], types: [String]? = nil, scopes: [String]? = nil,
        expiresAt: Instant?? = nil, naming: Naming = .linkedData
    ) {
        self.attributes = attributes
        self.types = types
        self.scopes = scopes
        self.expiresAt = expiresAt
        self.naming = naming
    }
}

/// What an edit did.
public enum EditOutcome: Sendable {
    /// The entity as it is now, and the names of the attributes that came, changed or went.
    case changed(StoredEntity, changed: [String])
    case unchanged(StoredEntity)

    /// As it is now.
    public var entity: StoredEntity {
        switch self {
        case .changed(let entity, _), .unchanged(let entity): entity
        }
    }
}

/// A pure function from an entity to what becomes of it. It may run more than once.
public typealias EntityEditing = @Sendable (StoredEntity) throws(Refusal) -> EntityEdit
