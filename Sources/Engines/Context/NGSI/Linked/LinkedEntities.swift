import Entities
import JSON
import Storage

/// Finds the entities that relationships of others name, level by level.
struct LinkedEntities {
    /// The most entities that come along.
    static let most = 1_000

    let store: EntityStore
    let context: OperationContext
    let space: String

    /// In the order in which they were met; without the roots themselves.
    func load(from roots: [StoredEntity], _ join: Join, _ projection: Projection) async throws(Refusal)
        -> [StoredEntity]
    {
        var seen = join.containedBy.union(roots.map(\.id))
        var (found, front) = ([StoredEntity](), roots)
        for level in 0..<join.level {
            var ids: [String] = []
            for entity in front {
                for id in Self.objects(of: entity, level == 0 ? projection : Projection())
                where seen.insert(id).inserted {
                    ids.append(id)
                }
            }
            guard !ids.isEmpty else { break }
            guard found.count + ids.count <= Self.most else {
                throw Refusal(
                    .badRequest, "More than \(Self.most) entities are linked; ask for fewer, or for a lower joinLevel.",
                    faults: [.init("joinLevel", "Less than \(level + 1).")])
            }
            front = try await entities(ids)
            found += front
        }
        return found
    }

    /// Those of the ids that the reader may see, in their order.
    private func entities(_ ids: [String]) async throws(Refusal) -> [StoredEntity] {
        let page = try await store.query(context, EntityQuery(space: space, ids: ids, limit: ids.count))
        let byID = Dictionary(page.entities.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        return ids.compactMap { byID[$0] }
    }

    private static func objects(of entity: StoredEntity, _ projection: Projection) -> [String] {
        entity.attributes.members.filter { projection.showsAttribute($0.name) }
            .flatMap { AttributeInstances.all($0.value) }
            .flatMap { instance -> [String] in
                switch instance.kind {
                case .relationship, .listRelationship:
                    let value = instance.value ?? .null
                    return (value.arrayValue ?? [value]).compactMap { ($0["object"] ?? $0).stringValue }
                default: return []
                }
            }
    }
}
