import Entities
import Geometry
import Storage
import Synchronization

/// What maps read of the entity store, always with the rights of the context's actor.
package protocol MapEntities: Sendable {
    /// Grows with every change, so that what was drawn can be kept until then.
    func version() -> Int64
    /// Entities of a type that have a `location`, in the box when one is given; at most `limit`.
    func located(_ context: OperationContext, type: String, in box: BoundingBox?, limit: Int) async throws(Refusal)
        -> [StoredEntity]
    /// Entities of these types that are about a municipality and have a `location`, at most `limit`; one query for all.
    func located(_ context: OperationContext, types: [String], about municipality: String, limit: Int)
        async throws(Refusal) -> [StoredEntity]
    /// The types of which at least one entity has a `location`.
    func locatedTypes(_ context: OperationContext) async throws(Refusal) -> Set<String>
    func types(_ context: OperationContext) async throws(Refusal) -> [EntityTypeSummary]
    /// Counts by municipality code and type.
    func counts(_ context: OperationContext) async throws(Refusal) -> [String: [String: Int]]
}

/// The entity store in the space that all bodies share.
struct StoredMapEntities: MapEntities {
    let store: EntityStore

    func version() -> Int64 { store.dataVersion() }

    func types(_ context: OperationContext) async throws(Refusal) -> [EntityTypeSummary] {
        try await store.types(context)
    }

    func counts(_ context: OperationContext) async throws(Refusal) -> [String: [String: Int]] {
        try await store.countsByMunicipality(context)
    }

    func locatedTypes(_ context: OperationContext) async throws(Refusal) -> Set<String> {
        try await store.types(context, having: "location")
    }

    func located(_ context: OperationContext, type: String, in box: BoundingBox?, limit: Int) async throws(Refusal)
        -> [StoredEntity]
    {
        try await found(
            context,
            EntityQuery(
                types: [type], attributes: ["location"],
                geo: box.map { GeoQuery(relation: .intersects, geometry: $0.geometry) }), limit)
    }

    func located(_ context: OperationContext, types: [String], about municipality: String, limit: Int)
        async throws(Refusal) -> [StoredEntity]
    {
        guard !types.isEmpty else { return [] }
        return try await found(
            context, EntityQuery(types: types, attributes: ["location"], municipality: municipality), limit)
    }

    private func found(_ context: OperationContext, _ query: EntityQuery, _ limit: Int) async throws(Refusal)
        -> [StoredEntity]
    {
        let found = Found()
        try await store.forEach(context, query) { entity throws(Refusal) in
            found.list.withLock { if $0.count < limit { $0.append(entity) } }
        }
        return found.list.withLock(\.self)
    }

    private final class Found: Sendable {
        let list = Mutex<[StoredEntity]>([])
    }
}

/// Readers who see the same: the key under which drawn things are kept.
struct Audience: Hashable, Sendable {
    private let tenant: TenantID?
    private let seesAll: Bool

    init(_ context: OperationContext) {
        let actor = context.actor
        tenant = actor.belongsToABody ? actor.tenant : nil
        seesAll = actor.isUnrestricted
    }
}
