import Storage

/// One thing to be done in a batch (ETSI GS CIM 009 clauses 5.6.7 to 5.6.10 and 5.6.20).
public enum BatchItem: Sendable {
    /// Refused with `alreadyExists` if the id is taken.
    case create(EntityWrite)
    /// Creates the entity, or replaces it (`whole`), or else adds types and scopes and lays attributes over its own.
    case upsert(EntityWrite, whole: Bool)
    /// Refused with `notFound` if there is none.
    case edit(id: String, EntityEditing)
    case delete(id: String)

    public var id: String {
        switch self {
        case .create(let write), .upsert(let write, _): write.entity.id
        case .edit(let id, _), .delete(let id): id
        }
    }
}

/// What became of one item of a batch.
public enum BatchOutcome: Sendable {
    case created(StoredEntity)
    /// With the names of the attributes that came, changed or went.
    case changed(StoredEntity, changed: [String])
    case unchanged(StoredEntity)
    /// The entity as it was.
    case deleted(StoredEntity)

    public var entity: StoredEntity {
        switch self {
        case .created(let entity), .changed(let entity, _), .unchanged(let entity), .deleted(let entity): entity
        }
    }
}

/// What a purge takes away from the entities that a query finds.
public enum EntityPurge: Sendable, Hashable {
    case entities
    case attributes([String])
    case allAttributes(but: [String])
}
