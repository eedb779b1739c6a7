import Entities
import Storage

/// Finds stored entities by their v2 identity.
struct V2Lookup: Sendable {
    let store: EntityStore
    let context: OperationContext
    let space: String

    var sharedIDs: V2SharedIDs { V2SharedIDs(database: store.database, context: context, space: space) }

    /// The one entity of an id, and of a type if that is given. Refuses with `NotFound` and `TooManyResults`.
    func one(_ id: String, type: String?, paths: [V2ServicePath]) async throws(Refusal) -> StoredEntity {
        guard let entity = try await find(id, type: type, paths: paths) else { throw .noV2Entity }
        return entity
    }

    /// Nil if there is none. Refuses with `TooManyResults`.
    func find(_ id: String, type: String?, paths: [V2ServicePath]) async throws(Refusal) -> StoredEntity? {
        let plain = try await store.get(context, id: V2ID.plain(id), space: space)
            .flatMap { matches($0, type, paths) ? $0 : nil }
        if type != nil, let plain { return plain }
        if let type, paths.count == 1, !paths[0].isDeep {
            let stored = V2ID.qualified(id, type: type, path: paths[0].text)
            return try await store.get(context, id: stored, space: space)
        }
        // Without others of the id there is nothing to be told apart.
        guard try await sharedIDs.contains(id) else { return plain }
        let found = (plain.map { [$0] } ?? []) + (try await qualified(id).filter { matches($0, type, paths) })
        guard found.count < 2 else {
            throw .orion(.tooManyResults, "More than one matching entity. Please refine your query")
        }
        return found.first
    }

    /// The stored ids that entities of a v2 id may have.
    func storedIDs(_ id: String) async throws(Refusal) -> [String] {
        guard try await sharedIDs.contains(id) else { return [V2ID.plain(id)] }
        return [V2ID.plain(id)] + (try await qualified(id).map(\.id))
    }

    private func matches(_ entity: StoredEntity, _ type: String?, _ paths: [V2ServicePath]) -> Bool {
        type.map { entity.types.contains(V2Names.storedType($0)) } ?? true && paths.matches(entity)
    }

    /// All entities whose stored id is a qualified one of this id: they lie together in the order of ids.
    private func qualified(_ id: String) async throws(Refusal) -> [StoredEntity] {
        let prefix = V2ID.qualifiedPrefix(id)
        var found: [StoredEntity] = []
        var query = EntityQuery(space: space, limit: 8)
        query.after = prefix
        while true {
            let page = try await store.query(context, query).entities
            let matches = page.prefix { $0.id.hasPrefix(prefix) }
            found += matches
            guard matches.count == query.limit, let last = matches.last else { return found }
            query.after = last.id
        }
    }
}
