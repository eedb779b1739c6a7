import JSON
import Storage

/// The entity store: the only door to entities, for the protocols over it and for every module.
///
/// Reads apply the visibility of the context's actor before limit and count: what one may not see does not exist.
/// Writes come in two forms: one entity in a transaction of its own, and many inside a transaction of the caller's.
public struct EntityStore: Sendable {
    public let database: any Database
    let versions = DataVersions()

    public init(database: any Database) {
        self.database = database
    }

    /// The entity, or `nil` if there is none that the actor may see. One read by key.
    public func get(_ context: OperationContext, id: String, space: String = "area") async throws(Refusal)
        -> StoredEntity?
    {
        guard let row = try await database.get(context, EntityRow.key(space: space, id: id)) else { return nil }
        return Sight(context).seen(EntityRow.decode(row))
    }

    /// Grows with every change in the space: the key of caches made from entities. Changes of other processes are known
    /// from `followChanges`.
    public func dataVersion(space: String = "area") -> Int64 { versions.current(space) }
}
