import Storage

/// The tables of tenants, units, accounts, roles, sessions, keys and figures, and every database's audit chain.
public enum PlatformSchema {
    public static let migrations = MigrationSet(
        module: "platform",
        [
            Migration("0001-tenants", [.createTable(versions), .createTable(tenants), .createTable(units)]),
            Migration("0002-accounts", accountSteps),
            Migration("0003-roles", roleSteps),
            Migration("0004-sessions-and-keys", sessionSteps),
            Migration("0005-audit-blocks", in: .every, auditSteps),
            Migration("0006-figures", figureSteps),
        ])

    private static let versions = Table(
        "platform_versions", primaryKey: ["name"], tenancy: .none(because: "counts the changes of all tenants"),
        isSmall: true, [Column("name", .text), Column("version", .int64)])

    private static let tenants = Table(
        "platform_tenants", primaryKey: ["tenant"], tenancy: .column("tenant"),
        [
            Column("tenant", .text), Column("kind", .text), Column("name", .text), Column("kana", .text),
            Column("romaji", .text), Column("county", .text, optional: true),
            Column("municipality_type", .text, optional: true), Column("population", .int64, optional: true),
            Column("population_basis", .text, optional: true), Column("area_km2", .text, optional: true),
            Column("latitude", .double, optional: true), Column("longitude", .double, optional: true),
            Column("url", .text, optional: true),
        ])

    private static let units = Table(
        "platform_units", primaryKey: ["tenant", "id"], tenancy: .column("tenant"),
        [
            Column("tenant", .text), Column("id", .text), Column("parent", .text, optional: true),
            Column("name", .text), Column("kana", .text, optional: true), Column("starts", .instant, optional: true),
            Column("ends", .instant, optional: true), Column("version", .int64),
        ])
}
