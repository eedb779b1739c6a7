import Storage

/// Tables of the imports.
enum ImportSchema {
    static let migrations = [
        Migration(
            "0001-imports",
            [
                .createTable(imports), .createTable(staging), .createTable(quarantine), .createTable(rows),
                .createIndex(Index("connect_imports_by_file", on: "connect_imports", ["tenant", "file"])),
                .createIndex(Index("connect_imports_by_about", on: "connect_imports", ["about"])),
                .createIndex(Index("connect_rows_by_import", on: "connect_rows", ["tenant", "import_id"])),
            ]),
        TableSchema.migration,
    ]

    private static let imports = Table(
        "connect_imports", primaryKey: ["tenant", "id"], tenancy: .column("tenant"),
        [
            Column("tenant", .text), Column("id", .text), Column("file", .text), Column("path", .text),
            Column("size", .int64), Column("modified", .int64), Column("digest", .text), Column("catalogue", .text),
            Column("state", .text), Column("kind", .text), Column("type", .text, optional: true),
            Column("series", .text, optional: true), Column("group_name", .text, optional: true),
            Column("visibility", .text), Column("licence", .text, optional: true),
            Column("about", .text, optional: true),
            Column("chunks", .int64), Column("applied", .int64), Column("started", .instant),
            Column("finished", .instant, optional: true), Column("actor", .text), Column("report", .json),
        ])

    private static let staging = Table(
        "connect_staging", primaryKey: ["tenant", "import_id", "chunk"], tenancy: .column("tenant"),
        [
            Column("tenant", .text), Column("import_id", .text), Column("chunk", .int64), Column("row_count", .int64),
            Column("payload", .bytes),
        ])

    private static let quarantine = Table(
        "connect_quarantine", primaryKey: ["tenant", "import_id", "position"], tenancy: .column("tenant"),
        [
            Column("tenant", .text), Column("import_id", .text), Column("position", .int64), Column("line", .int64),
            Column("reason", .text), Column("original", .text),
        ])

    /// Which import an entity's row came from last, and what it held: an equal row writes nothing. `made_by` is the import that
    /// made the entity; empty if it was there before.
    private static let rows = Table(
        "connect_rows", primaryKey: ["tenant", "entity_id"], tenancy: .column("tenant"),
        [
            Column("tenant", .text), Column("entity_id", .text), Column("file", .text), Column("import_id", .text),
            Column("digest", .text),
            Column("made_by", .text), Column("previous_import", .text, optional: true),
            Column("previous_digest", .text, optional: true),
            Column("previous", .json, optional: true),
        ])
}
