import Storage

extension PlatformSchema {
    /// Facts as recorded, and the cells that a consumer folds from them: one a day, tenant and breakdown. An absent
    /// tenant is `-`; values are decimals as text, so that no digit is lost.
    static let figureSteps: [Migration.Step] = [
        .createTable(
            Table(
                "platform_facts", primaryKey: ["indicator", "key"], tenancy: .column("tenant"),
                [
                    Column("indicator", .text), Column("key", .text), Column("tenant", .text), Column("day", .int64),
                    Column("breakdown", .text), Column("value", .text), Column("evidence", .text),
                    Column("source", .text), Column("recorded", .instant),
                ])),
        .createIndex(
            Index("platform_facts_day", on: "platform_facts", ["indicator", "day", "tenant", "breakdown"])),
        .createTable(
            Table(
                "platform_figures", primaryKey: ["indicator", "day", "tenant", "breakdown"],
                tenancy: .column("tenant"),
                [
                    Column("indicator", .text), Column("day", .int64), Column("tenant", .text),
                    Column("breakdown", .text), Column("facts", .int64), Column("total", .text),
                    Column("latest", .text, optional: true),
                ])),
    ]
}
