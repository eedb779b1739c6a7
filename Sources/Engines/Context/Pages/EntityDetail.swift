import Entities
import JSON
import Storage
import Web

/// What `/entities/{id}` shows: an entity, its neighbours, and the history of its numbers.
struct EntityDetail: Sendable {
    /// A place that is the same, by what rule and how surely.
    struct Neighbour: Sendable {
        var entity: StoredEntity
        var score: JSON?
        var rule: String?
    }

    struct Series: Sendable {
        var attribute: String
        var count: Int
        var values: [Observation]
    }

    static let mostSeries = 6
    static let mostValues = 200

    var entity: StoredEntity
    var neighbours: [Neighbour]
    var series: [Series]

    init(_ context: OperationContext, _ entity: StoredEntity, _ store: EntityStore) async throws(Refusal) {
        self.entity = entity
        neighbours = try await Self.neighbours(context, entity, store)
        series = []
        let numeric = Set(entity.attributes.members.filter { Self.isNumber($0.value) }.map(\.name))
        let summaries = try await store.historySummaries(context, id: entity.id, space: entity.space)
        for summary in summaries.filter({ numeric.contains($0.attribute) && $0.count > 1 }).prefix(Self.mostSeries) {
            let values = try await store.history(
                context, id: entity.id, space: entity.space, attribute: summary.attribute, limit: Self.mostValues)
            series.append(Series(attribute: summary.attribute, count: summary.count, values: values))
        }
    }

    private static func isNumber(_ attribute: JSON) -> Bool {
        AttributeInstances.all(attribute).first?.value?.doubleValue != nil
    }

    /// Those that the entity names, then those that name it. What one may not see is left out.
    private static func neighbours(
        _ context: OperationContext, _ entity: StoredEntity, _ store: EntityStore
    ) async throws(Refusal) -> [Neighbour] {
        var found: [Neighbour] = []
        for link in SameAs.links(entity).prefix(20) {
            if let other = try await store.get(context, id: link.id, space: entity.space) {
                found.append(Neighbour(entity: other, score: link.score, rule: link.rule))
            }
        }
        let naming = EntityQuery(
            space: entity.space,
            condition: .compare(QueryPath(attribute: "sameAs"), .equal, .value(.string(entity.id))), limit: 20)
        for other in try await store.query(context, naming).entities
        where !found.contains(where: { $0.entity.id == other.id }) {
            let link = SameAs.links(other).first { $0.id == entity.id }
            found.append(Neighbour(entity: other, score: link?.score, rule: link?.rule))
        }
        return found
    }
}

/// The links by which rows of several lists are said to be the same place; they are never merged.
struct SameAs {
    var id: String
    var score: JSON?
    var rule: String?

    static func links(_ entity: StoredEntity) -> [SameAs] {
        guard let attribute = entity.attributes["sameAs"] else { return [] }
        return AttributeInstances.all(attribute).flatMap { instance in
            let objects = instance.value?.arrayValue ?? instance.value.map { [$0] } ?? []
            return objects.compactMap(\.stringValue).map { id in
                SameAs(
                    id: id, score: instance.object["score"]?["value"],
                    rule: instance.object["rule"]?["value"]?.stringValue)
            }
        }
    }
}
