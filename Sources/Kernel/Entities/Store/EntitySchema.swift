import Storage

/// The tables of the entity store.
///
/// A document lies in one row of `entities`, found by `(space, id)`; everything else is an index of it. Lists by type read
/// `entity_types`, which repeats what visibility and paging need, so that counting touches no document. A value index is
/// one tree a kind of value, whose key is the value itself: a changed value costs one removal and one insertion.
public enum EntitySchema {
    public static let migrations = MigrationSet(
        module: "entities", [entities, history, statistics, visibility, scopes])

    static let geo = GeoIndex("entity_geo")
    static let text = TextIndex("entity_text")
    static let numbers = "entity_row_numbers"

    private static let entities = Migration(
        "0001-entities",
        [
            .createSequence(name: numbers),
            .createTable(
                Table(
                    "entities", primaryKey: ["space", "id"], unique: [["number"]], tenancy: .column("space"),
                    [
                        Column("number", .int64), Column("space", .text), Column("id", .text), Column("types", .text),
                        Column("owner", .text), Column("visibility", .text),
                        Column("municipality", .text, optional: true),
                        Column("import_id", .text, optional: true), Column("file", .text, optional: true),
                        Column("line", .int64, optional: true), Column("licence", .text, optional: true),
                        Column("created", .instant), Column("modified", .instant), Column("version", .int64),
                        Column("attribute_times", .bytes, optional: true), Column("document", .bytes),
                    ])),
            .createTable(
                Table(
                    "entity_types", primaryKey: ["space", "type", "id"], tenancy: .column("space"), isSmall: true,
                    [
                        Column("space", .text), Column("type", .text), Column("id", .text), Column("number", .int64),
                        Column("owner", .text), Column("visibility", .text),
                        Column("municipality", .text, optional: true),
                    ])),
            .createTable(values("entity_numbers", .double)),
            .createTable(values("entity_texts", .text)),
            .createTable(values("entity_instants", .instant)),
            .createGeoIndex(name: geo.name),
            .createTextIndex(name: text.name),
            .createTable(
                Table(
                    "spaces", primaryKey: ["space"], tenancy: .column("space"), isSmall: true,
                    [Column("space", .text), Column("tenant", .text), Column("created", .instant)])),
        ])

    private static func values(_ name: String, _ kind: Column.Kind) -> Table {
        Table(
            name, primaryKey: ["space", "type", "attribute", "value", "number"], tenancy: .column("space"),
            isSmall: true,
            [
                Column("space", .text), Column("type", .text), Column("attribute", .text), Column("value", kind),
                Column("number", .int64),
            ])
    }

    private static let history = Migration(
        "0002-history",
        [
            .createTable(
                Table(
                    "history_segments", primaryKey: ["space", "number", "attribute", "dataset", "first"],
                    tenancy: .column("space"),
                    [
                        Column("space", .text), Column("number", .int64), Column("attribute", .text),
                        Column("dataset", .text), Column("first", .instant), Column("last", .instant),
                        Column("count", .int64), Column("data", .bytes),
                    ])),
            .createTable(
                Table(
                    "entity_tombstones", primaryKey: ["space", "id", "number"], tenancy: .column("space"),
                    isSmall: true,
                    [
                        Column("space", .text), Column("id", .text), Column("number", .int64), Column("types", .text),
                        Column("owner", .text), Column("visibility", .text), Column("deleted", .instant),
                    ])),
        ])

    /// Scopes, and what ends by itself: a row only for those that do, in the order in which they end.
    private static let scopes = Migration(
        "0005-scopes",
        [
            .addColumn(table: "entities", Column("scopes", .text, optional: true)),
            .addColumn(table: "entities", Column("expires", .instant, optional: true)),
            .addColumn(table: "entities", Column("attributes_expire", .instant, optional: true)),
            .addColumn(table: "entity_types", Column("expires", .instant, optional: true)),
            .createTable(
                Table(
                    "entity_scopes", primaryKey: ["space", "scope", "number"], tenancy: .column("space"), isSmall: true,
                    [Column("space", .text), Column("scope", .text), Column("number", .int64)])),
            .createTable(
                Table(
                    "entity_expiries", primaryKey: ["expires", "number"], tenancy: .column("space"), isSmall: true,
                    [
                        Column("expires", .instant), Column("number", .int64), Column("space", .text),
                        Column("id", .text),
                    ])),
        ])

    private static let statistics = Migration(
        "0003-statistics",
        [
            .createTable(
                Table(
                    "entity_counts",
                    primaryKey: ["space", "type", "owner", "visibility", "municipality", "source", "licence"],
                    tenancy: .column("space"), isSmall: true,
                    [
                        Column("space", .text), Column("type", .text), Column("owner", .text),
                        Column("visibility", .text), Column("municipality", .text), Column("source", .text),
                        Column("licence", .text), Column("count", .int64), Column("modified", .instant),
                    ])),
            .createTable(
                Table(
                    "attribute_counts",
                    primaryKey: ["space", "type", "attribute", "kind", "unit", "owner", "visibility"],
                    tenancy: .column("space"), isSmall: true,
                    [
                        Column("space", .text), Column("type", .text), Column("attribute", .text),
                        Column("kind", .text), Column("unit", .text), Column("owner", .text),
                        Column("visibility", .text), Column("count", .int64),
                    ])),
        ])

    private static let visibility = Migration(
        "0004-visibility-rules",
        [
            .createTable(
                Table(
                    "entity_visibility_rules", primaryKey: ["space", "type", "owner"], tenancy: .column("space"),
                    isSmall: true,
                    [
                        Column("space", .text), Column("type", .text), Column("owner", .text),
                        Column("visibility", .text),
                    ]))
        ])
}
