import JSON
import Storage

/// `entities` rows as values, and back.
enum EntityRow {
    static func key(space: String, id: String) -> RowKey {
        RowKey("entities", [(name: "space", value: .text(space)), (name: "id", value: .text(id))])
    }

    static func decode(_ row: Row) -> StoredEntity {
        StoredEntity(
            number: row.int64("number"), space: row.text("space"), id: row.text("id"), types: types(row.text("types")),
            document: row.bytes("document"), owner: TenantID(row.text("owner")),
            visibility: Visibility(rawValue: row.text("visibility")) ?? .tenant,
            municipality: row.optionalText("municipality"),
            provenance: Provenance(
                importID: row.optionalText("import_id"), file: row.optionalText("file"),
                line: row.optionalInt64("line").map { Int($0) }, licence: row.optionalText("licence")),
            createdAt: row.instant("created"), modifiedAt: row.instant("modified"), version: row.int64("version"),
            attributeTimes: row.optionalBytes("attribute_times"))
    }

    static func types(_ text: String) -> [String] { text.split(separator: " ").map(String.init) }

    static let insert = """
        INSERT INTO entities (number, space, id, types, owner, visibility, municipality, import_id, file, line, licence,
        created, modified, version, attribute_times, document) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """

    static func insertion(_ entity: StoredEntity) -> [SQLValue] {
        [.int64(entity.number), .text(entity.space), .text(entity.id)] + meta(entity)
            + [.instant(entity.createdAt)] + state(entity)
    }

    static let update = """
        UPDATE entities SET types = ?, owner = ?, visibility = ?, municipality = ?, import_id = ?, file = ?, line = ?,
        licence = ?, modified = ?, version = ?, attribute_times = ?, document = ? WHERE space = ? AND id = ?
        """

    static func updating(_ entity: StoredEntity) -> [SQLValue] {
        meta(entity) + state(entity) + [.text(entity.space), .text(entity.id)]
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
            .bytes(entity.document),
        ]
    }

    static let insertType = """
        INSERT INTO entity_types (space, type, id, number, owner, visibility, municipality) VALUES (?, ?, ?, ?, ?, ?, ?)
        """

    static func typeInsertions(_ entity: StoredEntity) -> [[SQLValue]] {
        entity.types.map {
            [
                .text(entity.space), .text($0), .text(entity.id), .int64(entity.number), .text(entity.owner.rawValue),
                .text(entity.visibility.rawValue), .optional(entity.municipality),
            ]
        }
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
}
