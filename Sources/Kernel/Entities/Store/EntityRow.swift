import JSON
import Storage

/// `entities` rows as values, and back.
enum EntityRow {
    static func key(space: String, id: String) -> RowKey {
        RowKey("entities", [(name: "space", value: .text(space)), (name: "id", value: .text(id))])
    }

    static func decode(_ row: Row) -> StoredEntity {
        var entity = StoredEntity(
            number: row.int64("number"), space: row.text("space"), id: row.text("id"), types: words(row.text("types")),
            document: row.bytes("document"), owner: TenantID(row.text("owner")),
            visibility: Visibility(rawValue: row.text("visibility")) ?? .tenant,
            municipality: row.optionalText("municipality"),
            provenance: Provenance(
                importID: row.optionalText("import_id"), file: row.optionalText("file"),
                line: row.optionalInt64("line").map { Int($0) }, licence: row.optionalText("licence")),
            createdAt: row.instant("created"), modifiedAt: row.instant("modified"), version: row.int64("version"),
            attributeTimes: row.optionalBytes("attribute_times"),
            scopes: row.optionalText("scopes").map(words) ?? [], expiresAt: row.optionalInstant("expires"))
        entity.attributesExpireAt = row.optionalInstant("attributes_expire")
        return entity
    }

    /// Types and scopes stand in one column, with blanks between.
    private static func words(_ text: String) -> [String] {
        text.utf8.contains(UInt8(ascii: " ")) ? text.split(separator: " ").map(String.init) : [text]
    }

    static let insert = """
        INSERT INTO entities (number, space, id, types, owner, visibility, municipality, import_id, file, line, licence,
        created, modified, version, attribute_times, document, scopes, expires, attributes_expire)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """

    static func insertion(_ entity: StoredEntity) -> [SQLValue] {
        [.int64(entity.number), .text(entity.space), .text(entity.id)] + meta(entity)
            + [.instant(entity.createdAt)] + state(entity)
    }

    static let update = """
        UPDATE entities SET types = ?, owner = ?, visibility = ?, municipality = ?, import_id = ?, file = ?, line = ?,
        licence = ?, modified = ?, version = ?, attribute_times = ?, document = ?, scopes = ?, expires = ?,
        attributes_expire = ? WHERE space = ? AND id = ?
        """

    static func updating(_ entity: StoredEntity) -> [SQLValue] {
        meta(entity) + state(entity) + [.text(entity.space), .text(entity.id)]
    }

    /// Where only the document and what follows from it changes.
    static let updateState = """
        UPDATE entities SET modified = ?, version = ?, attribute_times = ?, document = ?, scopes = ?, expires = ?,
        attributes_expire = ? WHERE space = ? AND id = ?
        """

    static func updatingState(_ entity: StoredEntity) -> [SQLValue] {
        state(entity) + [.text(entity.space), .text(entity.id)]
    }

    private static func meta(_ entity: StoredEntity) -> [SQLValue] {
        [
            .text(entity.types.joined(separator: " ")), .text(entity.owner.rawValue), .text(entity.visibility.rawValue),
            .optional(entity.municipality), .optional(entity.provenance.importID), .optional(entity.provenance.file),
            .optional(entity.provenance.line.map { Int64($0) }), .optional(entity.provenance.licence),
        ]
    }

    private static func state(_ entity: StoredEntity) -> [SQLValue] {
        [
            .instant(entity.modifiedAt), .int64(entity.version), .optional(entity.attributeTimes),
            .bytes(entity.document), .optional(entity.scopes.isEmpty ? nil : entity.scopes.joined(separator: " ")),
            .optional(entity.expiresAt), .optional(entity.attributesExpireAt),
        ]
    }

    static let insertType = """
        INSERT INTO entity_types (space, type, id, number, owner, visibility, municipality, expires)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        """

    static func typeInsertions(_ entity: StoredEntity) -> [[SQLValue]] {
        entity.types.map {
            [
                .text(entity.space), .text($0), .text(entity.id), .int64(entity.number), .text(entity.owner.rawValue),
                .text(entity.visibility.rawValue), .optional(entity.municipality), .optional(entity.expiresAt),
            ]
        }
    }

    static func scope(_ scope: String, _ entity: StoredEntity) -> [SQLValue] {
        [.text(entity.space), .text(scope), .int64(entity.number)]
    }

    static func expiryKey(_ expiry: Instant, _ entity: StoredEntity) -> [SQLValue] {
        [.instant(expiry), .int64(entity.number)]
    }

    static func expiry(_ expiry: Instant, _ entity: StoredEntity) -> [SQLValue] {
        expiryKey(expiry, entity) + [.text(entity.space), .text(entity.id)]
    }

    static func tombstone(_ entity: StoredEntity, now: Instant) -> [SQLValue] {
        [
            .text(entity.space), .text(entity.id), .int64(entity.number), .text(entity.types.joined(separator: " ")),
            .text(entity.owner.rawValue), .text(entity.visibility.rawValue), .instant(now),
        ]
    }

    static let deleteType = "DELETE FROM entity_types WHERE space = ? AND type = ? AND id = ?"

    static func typeDeletions(_ entity: StoredEntity) -> [[SQLValue]] {
        entity.types.map { [.text(entity.space), .text($0), .text(entity.id)] }
    }
}

extension StoredEntity {
    /// What stands beside the document and is copied into the indexes and the log.
    var meta: EntityMeta {
        EntityMeta(
            number: number, types: types, owner: owner, visibility: visibility, municipality: municipality,
            provenance: provenance)
    }
}

/// What the store keeps beside a document, apart from times and version.
struct EntityMeta: Sendable, Hashable {
    var number: Int64
    var types: [String]
    var owner: TenantID
    var visibility: Visibility
    var municipality: String?
    var provenance: Provenance

    /// Whether both stand under the same keys in the counts of types and attributes.
    func isCounted(like other: EntityMeta) -> Bool {
        types == other.types && owner == other.owner && visibility == other.visibility
            && municipality == other.municipality && provenance.file == other.provenance.file
            && provenance.licence == other.provenance.licence
    }
}
