import Entities
import JSON
import Storage

/// An entity that changed while its subscription was throttled.
struct HeldEntity: Sendable, Hashable {
    struct Key: Sendable, Hashable {
        var subscription: SubscriptionKey
        var entity: String
    }

    /// What is left to tell of an entity that was deleted.
    struct Deletion: Sendable, Hashable {
        var types: [String]
        var deletedAt: Instant
    }

    var key: Key
    var deletion: Deletion?

    init(_ subscription: SubscriptionKey, _ notified: NotifiedEntity) {
        key = Key(subscription: subscription, entity: notified.entity.id)
        deletion = notified.deletedAt.map { Deletion(types: notified.entity.types, deletedAt: $0) }
    }

    init(row: Row) {
        key = Key(
            subscription: SubscriptionKey(space: row.text("space"), id: row.text("subscription")),
            entity: row.text("entity"))
        guard let bytes = row.optionalBytes("change"), let json = try? JSON(parsing: bytes),
            let time = json["deletedAt"]?.intValue
        else { return }
        deletion = Deletion(
            types: json["types"]?.arrayValue?.compactMap(\.stringValue) ?? [],
            deletedAt: Instant(microseconds: Int64(time)))
    }

    static let upsert = """
        INSERT INTO context_held (space, subscription, entity, change, time) VALUES (?, ?, ?, ?, ?)
        ON CONFLICT (space, subscription, entity) DO UPDATE SET change = excluded.change, time = excluded.time
        """

    static let delete = "DELETE FROM context_held WHERE space = ? AND subscription = ? AND entity = ?"

    func values(at now: Instant) -> [SQLValue] {
        let change = deletion.map { deletion -> [UInt8] in
            let json: JSON = [
                "types": .array(deletion.types.map { .string($0) }), "deletedAt": .int(deletion.deletedAt.microseconds),
            ]
            return json.bytes
        }
        return key.values + [.optional(change), .instant(now)]
    }
}

extension HeldEntity.Key {
    var values: [SQLValue] { [.text(subscription.space), .text(subscription.id), .text(entity)] }
}

extension NotifiedEntity {
    /// An entity of which nothing is left but that it was deleted.
    init(_ deletion: HeldEntity.Deletion, id: String, space: String, owner: TenantID) {
        let head: JSON = ["id": .string(id), "type": .array(deletion.types.map { .string($0) })]
        self.init(
            entity: StoredEntity(
                number: 0, space: space, id: id, types: deletion.types, document: head.bytes, owner: owner,
                visibility: .tenant, municipality: nil, provenance: Provenance(), createdAt: deletion.deletedAt,
                modifiedAt: deletion.deletedAt, version: 0), deletedAt: deletion.deletedAt)
    }
}
