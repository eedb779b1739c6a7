import JSON
import Storage

/// The entity store: the only door to entities, for the protocols over it and for every module.
///
/// Reads apply the visibility of the context's actor before limit and count: what one may not see does not exist.
/// Writes come in two forms: one entity in a transaction of its own, and many inside a transaction of the caller's.
public struct EntityStore: Sendable {
    public let database: any Database

    public init(database: any Database) {
        self.database = database
    }
}

extension EntityStore {
    /// The entity, or `nil` if there is none that the actor may see. One read by key.
    public func get(_ context: OperationContext, id: String, space: String = "area") async throws(Refusal)
        -> StoredEntity?
    {
        throw Refusal(.notImplemented, "")
    }

    public func query(_ context: OperationContext, _ query: EntityQuery) async throws(Refusal) -> EntityPage {
        throw Refusal(.notImplemented, "")
    }

    /// Hands every match to `body` in order of number, page by page, for downloads and tiles; ignores limit and offset.
    public func forEach(
        _ context: OperationContext, _ query: EntityQuery,
        _ body: @Sendable (StoredEntity) async throws(Refusal) -> Void
    ) async throws(Refusal) {
        throw Refusal(.notImplemented, "")
    }

    public func types(_ context: OperationContext, space: String = "area") async throws(Refusal) -> [EntityTypeSummary] {
        throw Refusal(.notImplemented, "")
    }

    /// Counts by municipality code and type.
    public func countsByMunicipality(_ context: OperationContext, space: String = "area") async throws(Refusal)
        -> [String: [String: Int]]
    {
        throw Refusal(.notImplemented, "")
    }

    /// Grows with every change in the space: the key of caches made from entities.
    public func dataVersion(space: String = "area") -> Int64 { 0 }
}

extension EntityStore {
    /// Refuses with `alreadyExists` if the space has the id.
    public func create(_ context: OperationContext, _ write: EntityWrite) async throws(Refusal) -> StoredEntity {
        throw Refusal(.notImplemented, "")
    }

    /// Updates or appends attributes (ETSI GS CIM 009 clause 5.6.2/5.6.3). Refuses with `notFound`, or with
    /// `preconditionFailed` if `version` is given and differs.
    public func updateAttributes(
        _ context: OperationContext, id: String, space: String = "area", attributes: JSONObject, version: Int64? = nil
    ) async throws(Refusal) -> StoredEntity {
        throw Refusal(.notImplemented, "")
    }

    public func delete(_ context: OperationContext, id: String, space: String = "area", version: Int64? = nil)
        async throws(Refusal)
    {
        throw Refusal(.notImplemented, "")
    }

    /// Checks the entity and computes its index rows, outside any transaction.
    public func prepare(_ write: EntityWrite) throws(Refusal) -> PreparedEntity {
        throw Refusal(.notImplemented, "")
    }

    /// Creates or replaces entities inside the caller's transaction; what is equal to what is stored writes nothing.
    public func upsert(_ entities: [PreparedEntity], in transaction: any Transaction) throws(Refusal) -> [WriteOutcome] {
        throw Refusal(.notImplemented, "")
    }

    /// Deletes entities inside the caller's transaction (the undo of an import).
    public func delete(ids: [String], space: String = "area", in transaction: any Transaction) throws(Refusal) {
        throw Refusal(.notImplemented, "")
    }
}

extension EntityStore {
    /// Appends values to the history of an entity's attributes inside the caller's transaction, in bulk; the entity's
    /// current value is set to the newest one. Equal (attribute, time) pairs are replaced, so a repeat changes nothing.
    public func appendHistory(
        id: String, space: String = "area", _ observations: [Observation], in transaction: any Transaction
    ) throws(Refusal) -> Int {
        throw Refusal(.notImplemented, "")
    }

    /// Values of an attribute in time order within `[from, to)`, at most `limit`, newest last.
    public func history(
        _ context: OperationContext, id: String, space: String = "area", attribute: String, from: Instant? = nil,
        to: Instant? = nil, limit: Int = 1_000
    ) async throws(Refusal) -> [Observation] {
        throw Refusal(.notImplemented, "")
    }
}

/// An entity checked and with its index rows computed.
public struct PreparedEntity: Sendable {
    public let write: EntityWrite

    package init(write: EntityWrite) { self.write = write }
}
