import Storage

/// Tables of their own: all that lies in `datastore`.
enum TableSchema {
    static let text = TextIndex("connect_table_text")

    static let migration = Migration(
        "0002-tables", in: .datastore,
        [
            .createTable(tables), .createTable(versions), .createTable(rows),
            .createTextIndex(name: text.name),
            .createIndex(
                Index("connect_table_rows_by_import", on: "connect_table_rows", ["tenant", "import_id", "row_number"])),
            .createIndex(
                Index("connect_table_versions_by_table", on: "connect_table_versions", ["tenant", "table_id"])),
        ])

    /// Which version of a table is shown.
    private static let tables = Table(
        "connect_tables", primaryKey: ["tenant", "id"], tenancy: .column("tenant"),
        [Column("tenant", .text), Column("id", .text), Column("import_id", .text)])

    /// What an import made of a file. `applied` counts the chunks that are in, so that none comes in twice;
    /// `position` the versions of a table in the order in which they were shown first, from 1; 0: not yet.
    private static let versions = Table(
        "connect_table_versions", primaryKey: ["tenant", "import_id"], tenancy: .column("tenant"),
        [
            Column("tenant", .text), Column("import_id", .text), Column("table_id", .text), Column("title", .text),
            Column("columns", .json), Column("visibility", .text), Column("licence", .text, optional: true),
            Column("applied", .int64), Column("position", .int64),
        ])

    private static let rows = Table(
        "connect_table_rows", primaryKey: ["number"], tenancy: .column("tenant"),
        [
            Column("number", .identity), Column("tenant", .text), Column("import_id", .text),
            Column("row_number", .int64), Column("line", .int64), Column("cells", .json),
        ])
}
