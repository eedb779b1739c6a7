import JSON
import Storage

/// Counts entities by type, owner, visibility, municipality, source and licence, and attributes by type, kind and unit.
struct CountFold {
    private struct EntityKey: Hashable {
        var space: String
        var type: String
        var owner: String
        var visibility: String
        var municipality: String
        var source: String
        var licence: String
    }

    private struct AttributeKey: Hashable {
        var space: String
        var type: String
        var attribute: String
        var kind: String
        var unit: String
        var owner: String
        var visibility: String
    }

    private var entities: [EntityKey: (change: Int, modified: Instant)] = [:]
    private var attributes: [AttributeKey: Int] = [:]

    mutating func add(_ record: ChangeRecord) {
        let change = record.change
        if let before = EntityChangeSide(parsing: change.before) { add(before, -1, change.space, record.time) }
        if let after = EntityChangeSide(parsing: change.after) { add(after, 1, change.space, record.time) }
    }

    private mutating func add(_ side: EntityChangeSide, _ sign: Int, _ space: String, _ time: Instant) {
        let (owner, visibility) = (side.owner.rawValue, side.visibility.rawValue)
        for type in side.types {
            let key = EntityKey(
                space: space, type: type, owner: owner, visibility: visibility, municipality: side.municipality ?? "",
                source: side.meta.provenance.file ?? "", licence: side.meta.provenance.licence ?? "")
            let counted = entities[key] ?? (0, time)
            entities[key] = (counted.change + sign, max(counted.modified, time))
            for member in side.attributes.members {
                guard let first = AttributeInstances.all(member.value).first else { continue }
                let key = AttributeKey(
                    space: space, type: type, attribute: member.name, kind: first.kind?.rawValue ?? "",
                    unit: first.object["unitCode"]?.stringValue ?? "", owner: owner, visibility: visibility)
                attributes[key, default: 0] += sign
            }
        }
    }

    func apply(in transaction: any Transaction) throws(Refusal) {
        try transaction.executeMany(
            """
            INSERT INTO entity_counts (space, type, owner, visibility, municipality, source, licence, count, modified)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (space, type, owner, visibility, municipality, source, licence) DO UPDATE SET
            count = entity_counts.count + excluded.count, modified = CASE WHEN entity_counts.modified > excluded.modified
            THEN entity_counts.modified ELSE excluded.modified END
            """,
            entities.map { key, counted in
                [
                    .text(key.space), .text(key.type), .text(key.owner), .text(key.visibility), .text(key.municipality),
                    .text(key.source), .text(key.licence), .int(counted.change), .instant(counted.modified),
                ]
            })
        try transaction.executeMany(
            """
            INSERT INTO attribute_counts (space, type, attribute, kind, unit, owner, visibility, count)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (space, type, attribute, kind, unit, owner, visibility) DO UPDATE SET
            count = attribute_counts.count + excluded.count
            """,
            attributes.filter { $0.value != 0 }.map { key, change in
                [
                    .text(key.space), .text(key.type), .text(key.attribute), .text(key.kind), .text(key.unit),
                    .text(key.owner), .text(key.visibility), .int(change),
                ]
            })
    }
}
