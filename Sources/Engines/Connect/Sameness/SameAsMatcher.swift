import Entities
import JSON
import Storage

/// Joins entities of several lists that are the same place by `sameAs`, with score and rule; nothing is merged.
///
/// It has no memory: it reads all lists of a group, works out every pair, and writes only entities whose `sameAs` differs.
package struct SameAsMatcher: Sendable {
    package let service: ImportService

    package init(_ service: ImportService) {
        self.service = service
    }

    package struct Link: Sendable, Equatable {
        package var other: String
        package var rule: SameAsRule
    }

    package func match(_ context: OperationContext, group: String) async throws(Refusal) {
        let types = service.catalogue.models.filter { $0.sameAsGroup == group }.map(\.type)
        let gathered = GatheredEntities()
        try await service.entities.forEach(context, EntityQuery(types: types)) { entity in gathered.add(entity) }
        let links = SameAsMatcher.links(gathered.cards)
        var changed: [PreparedEntity] = []
        for entity in gathered.entities {
            guard let write = try joined(entity, to: links[entity.id] ?? []) else { continue }
            changed.append(write)
            if changed.count == 200 {
                try await apply(context, changed)
                changed = []
            }
        }
        if !changed.isEmpty { try await apply(context, changed) }
    }

    private func apply(_ context: OperationContext, _ entities: [PreparedEntity]) async throws(Refusal) {
        _ = try await service.database.write(context) { transaction throws(Refusal) in
            try service.entities.upsert(entities, in: transaction)
        }
    }

    /// Pairs by municipality and a shared name or address, so that not every pair is looked at.
    package static func links(_ cards: [PlaceCard]) -> [String: [Link]] {
        var blocks: [String: [Int]] = [:]
        for (index, card) in cards.enumerated() {
            blocks["n\(card.municipality ?? "")/\(card.name)", default: []].append(index)
            if !card.address.isEmpty {
                blocks["a\(card.municipality ?? "")/\(card.address)", default: []].append(index)
            }
        }
        var links: [String: [Link]] = [:]
        for members in blocks.values where members.count > 1 {
            for left in members {
                for right in members where right != left {
                    guard let rule = SameAsRule.between(cards[left], cards[right]),
                        links[cards[left].id]?.contains(where: { $0.other == cards[right].id }) != true
                    else { continue }
                    links[cards[left].id, default: []].append(Link(other: cards[right].id, rule: rule))
                }
            }
        }
        return links.mapValues { $0.sorted { ($1.rule.score, $0.other) < ($0.rule.score, $1.other) } }
    }

    /// The entity with these links, or nil if it has them already.
    private func joined(_ entity: StoredEntity, to links: [Link]) throws(Refusal) -> PreparedEntity? {
        guard let object = (try? JSON(parsing: entity.document))?.objectValue else { return nil }
        var attributes = JSONObject(object.filter { $0.name != "id" && $0.name != "type" })
        guard SameAsMatcher.known(attributes["sameAs"]) != Set(links.map { "\($0.other) \($0.rule.name)" }) else {
            return nil
        }
        let relationships = links.map(SameAsMatcher.relationship)
        attributes["sameAs"] = relationships.count > 1 ? .array(relationships) : relationships.first
        return try service.entities.prepare(
            EntityWrite(
                space: entity.space, entity: Entity(id: entity.id, types: entity.types, attributes: attributes),
                owner: entity.owner, visibility: entity.visibility, municipality: entity.municipality,
                provenance: entity.provenance))
    }

    /// Objects and rules of the links that an entity has, whatever their order.
    private static func known(_ attribute: JSON?) -> Set<String> {
        let instances = attribute?.arrayValue ?? attribute.map { [$0] } ?? []
        return Set(
            instances.map { "\($0["object"]?.stringValue ?? "") \($0["rule"]?["value"]?.stringValue ?? "")" })
    }

    private static func relationship(_ link: Link) -> JSON {
        [
            "type": "Relationship", "object": .string(link.other),
            "datasetId": .string("urn:ngsi-ld:Dataset:sameAs:" + EntityKeys.digest(link.other)),
            "score": ["type": "Property", "value": .number(link.rule.score)],
            "rule": ["type": "Property", "value": .string(link.rule.name)],
        ]
    }
}

/// Entities of one run, gathered in order by one task.
private final class GatheredEntities: @unchecked Sendable {
    private(set) var entities: [StoredEntity] = []
    private(set) var cards: [PlaceCard] = []

    func add(_ entity: StoredEntity) {
        entities.append(entity)
        if let card = PlaceCard(entity) { cards.append(card) }
    }
}
