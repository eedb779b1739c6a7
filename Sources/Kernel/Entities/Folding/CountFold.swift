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

    mutating func add(_ change: FoldedChange) {
        let (space, time) = (change.record.change.space, change.record.time)
        let stays = change.before.map { before in change.after.map { Self.countsAlike(before, $0) } ?? false } ?? false
        if let before = change.before { add(before, stays ? 0 : -1, space, time) }
        if let after = change.after, !stays { add(after, 1, space, time) }
    }

    /// Whether two sides are counted under the same keys, as they are when only values changed.
    private static func countsAlike(_ before: EntityChangeSide, _ after: EntityChangeSide) -> Bool {
        before.meta.isCounted(like: after.meta) && before.attributes.members.count == after.attributes.members.count
            && zip(before.attributes.members, after.attributes.members).allSatisfy { was, becomes in
                was.name == becomes.name && kindAndUnit(was.value) == kindAndUnit(becomes.value)
            }
    }

    /// By which an attribute is counted: those of its first instance.
    private static func kindAndUnit(_ attribute: JSON) -> [String]? {
        AttributeInstances.all(attribute).first.map { first in
            [first.kind?.rawValue ?? "", first.object["unitCode"]?.stringValue ?? ""]
        }
    }

    /// `sign` 0: only that the entity was modified.
    private mutating func add(_ side: EntityChangeSide, _ sign: Int, _ space: String, _ time: Instant) {
        let (owner, visibility) = (side.owner.rawValue, side.visibility.rawValue)
        for type in side.types {
            let key = EntityKey(
                space: space, type: type, owner: owner, visibility: visibility, municipality: side.municipality ?? "",
                source: side.meta.provenance.file ?? "", licence: side.meta.provenance.licence ?? "")
            let counted = entities[key] ?? (0, time)
            entities[key] = (counted.change + sign, max(counted.modified, time))
            if sign == 0 { continue }
            for member in side.attributes.members {
                guard let names = Self.kindAndUnit(member.value) else { continue }
                let key = AttributeKey(
                    space: space, type: type, attribute: member.name, kind: names[0], unit: names[1], owner: owner,
                    visibility: visibility)
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
