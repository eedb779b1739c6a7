import JSON
import LinkedData
import Storage

/// The table of remote contexts that were fetched: a start without network goes on with what was known before.
struct FetchedContexts: Sendable {
    static let migration = Migration(
        "0104-context-cache",
        [
            .createTable(
                Table(
                    "context_cache", primaryKey: ["address"],
                    tenancy: .none(because: "what other servers publish belongs to no tenant"),
                    [
                        Column("address", .text), Column("document", .bytes), Column("etag", .text, optional: true),
                        Column("last_modified", .text, optional: true), Column("lifetime", .int64),
                        Column("created", .instant), Column("expires", .instant),
                    ]))
        ])
    /// The most contexts that are kept; those that expired first go.
    static let most = 512

    let database: any Database

    func get(_ address: String, _ context: OperationContext) async throws(Refusal) -> CachedContext? {
        try await database.get(context, Self.key(address)).flatMap(Self.decode)
    }

    /// In order of address, without their documents.
    func list(_ context: OperationContext) async throws(Refusal) -> [CachedContext] {
        try await database.query(context) { reader throws(Refusal) in
            try reader.rows(
                "SELECT address, etag, last_modified, lifetime, created, expires FROM context_cache ORDER BY address"
            ).map { Self.context($0, .null, bytes: 0) }
        }
    }

    func keep(_ fetched: CachedContext, _ context: OperationContext) async throws(Refusal) {
        try await database.write(context) { transaction throws(Refusal) in
            if try transaction.get(Self.key(fetched.address)) == nil { try Self.makeRoom(transaction) }
            try transaction.execute(
                """
                INSERT INTO context_cache (address, document, etag, last_modified, lifetime, created, expires)
                VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (address) DO UPDATE SET document = excluded.document,
                etag = excluded.etag, last_modified = excluded.last_modified, lifetime = excluded.lifetime,
                created = excluded.created, expires = excluded.expires
                """,
                [
                    .text(fetched.address), .bytes(fetched.json.bytes), .optional(fetched.freshness.etag),
                    .optional(fetched.freshness.lastModified), .int64(fetched.freshness.lifetime),
                    .instant(Instant(seconds: fetched.createdAt)), .instant(Instant(seconds: fetched.expiresAt)),
                ])
        }
    }

    func remove(_ address: String, _ context: OperationContext) async throws(Refusal) {
        try await database.write(context) { transaction throws(Refusal) in
            try transaction.execute("DELETE FROM context_cache WHERE address = ?", [.text(address)])
        }
    }

    private static func makeRoom(_ transaction: any Transaction) throws(Refusal) {
        guard try transaction.count("SELECT COUNT(*) FROM context_cache") >= most else { return }
        try transaction.execute(
            "DELETE FROM context_cache WHERE address IN (SELECT address FROM context_cache ORDER BY expires LIMIT 1)")
    }

    private static func decode(_ row: Row) -> CachedContext? {
        let bytes = row.bytes("document")
        return (try? JSON(parsing: bytes)).map { context(row, $0, bytes: bytes.count) }
    }

    private static func context(_ row: Row, _ json: JSON, bytes: Int) -> CachedContext {
        let freshness = ContextFreshness(
            lifetime: row.int64("lifetime"), etag: row.optionalText("etag"),
            lastModified: row.optionalText("last_modified"))
        return CachedContext(
            address: row.text("address"), json: json, freshness: freshness, bytes: bytes,
            createdAt: row.instant("created").seconds, expiresAt: row.instant("expires").seconds)
    }

    private static func key(_ address: String) -> RowKey {
        RowKey("context_cache", [(name: "address", value: .text(address))])
    }
}
