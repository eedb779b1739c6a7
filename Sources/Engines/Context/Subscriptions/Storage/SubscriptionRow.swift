import JSON
import Storage

/// `context_subscriptions` rows as values, and back.
enum SubscriptionRow {
    static func key(_ key: SubscriptionKey) -> RowKey {
        RowKey("context_subscriptions", [(name: "space", value: .text(key.space)), (name: "id", value: .text(key.id))])
    }

    static func decode(_ row: Row) throws(Refusal) -> SubscriptionRecord {
        guard let source = try? JSON(parsing: row.bytes("source")).objectValue,
            let maker = (try? JSON(parsing: row.bytes("maker"))).flatMap(SubscriptionMaker.init(json:)),
            let dialect = SubscriptionProtocol(rawValue: row.text("dialect"))
        else { throw Refusal(.storage, "A stored subscription cannot be read.") }
        return SubscriptionRecord(
            key: SubscriptionKey(space: row.text("space"), id: row.text("id")), owner: TenantID(row.text("owner")),
            maker: maker, dialect: dialect, source: source,
            names: SubscriptionRecord.names(try? JSON(parsing: row.bytes("names"))), isActive: row.bool("is_active"),
            expiresAt: row.optionalInstant("expires"), createdAt: row.instant("created"),
            modifiedAt: row.instant("modified"), version: row.int64("version"))
    }

    static let insert = """
        INSERT INTO context_subscriptions
        (space, id, owner, maker, dialect, created, source, names, is_active, expires, modified, version)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """

    static func insertion(_ record: SubscriptionRecord) -> [SQLValue] {
        [
            .text(record.key.space), .text(record.key.id), .text(record.owner.rawValue),
            .bytes(record.maker.json.bytes),
            .text(record.dialect.rawValue), .instant(record.createdAt),
        ] + state(record)
    }

    static let update = """
        UPDATE context_subscriptions SET source = ?, names = ?, is_active = ?, expires = ?, modified = ?, version = ?
        WHERE space = ? AND id = ?
        """

    static func updating(_ record: SubscriptionRecord) -> [SQLValue] {
        state(record) + [.text(record.key.space), .text(record.key.id)]
    }

    private static func state(_ record: SubscriptionRecord) -> [SQLValue] {
        [
            .bytes(JSON.object(record.source).bytes), .bytes(SubscriptionRecord.json(record.names).bytes),
            .bool(record.isActive), .optional(record.expiresAt), .instant(record.modifiedAt), .int64(record.version),
        ]
    }
}
