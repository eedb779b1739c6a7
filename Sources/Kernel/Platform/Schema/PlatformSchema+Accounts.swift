import Storage

extension PlatformSchema {
    static let accountSteps: [Migration.Step] = [
        .createTable(
            Table(
                "platform_accounts", primaryKey: ["tenant", "id"], unique: [["login"]], tenancy: .column("tenant"),
                [
                    Column("tenant", .text), Column("id", .text), Column("login", .text),
                    Column("display_name", .text), Column("password_hash", .text, optional: true),
                    Column("state", .text), Column("created", .instant), Column("password_changed", .instant),
                ])),
        .createTable(
            Table(
                "platform_sign_in_tries", primaryKey: ["subject"],
                tenancy: .none(because: "counts tries before anybody is known; holds digests only"), isSmall: true,
                [Column("subject", .text), Column("tries", .int64), Column("last", .instant)])),
    ]

    static let roleSteps: [Migration.Step] = [
        .createTable(
            Table(
                "platform_role_assignments", primaryKey: ["tenant", "id"], tenancy: .column("tenant"),
                [
                    Column("tenant", .text), Column("id", .text), Column("account", .text), Column("role", .text),
                    Column("unit", .text, optional: true), Column("starts", .instant, optional: true),
                    Column("ends", .instant, optional: true), Column("created", .instant),
                ])),
        .createIndex(
            Index("platform_role_assignments_account", on: "platform_role_assignments", ["tenant", "account"])),
        .createTable(
            Table(
                "platform_deputies", primaryKey: ["tenant", "id"], tenancy: .column("tenant"),
                [
                    Column("tenant", .text), Column("id", .text), Column("assignment", .text),
                    Column("account", .text), Column("starts", .instant, optional: true),
                    Column("ends", .instant, optional: true), Column("created", .instant),
                ])),
        .createIndex(Index("platform_deputies_account", on: "platform_deputies", ["tenant", "account"])),
    ]

    static let sessionSteps: [Migration.Step] = [
        .createTable(
            Table(
                "platform_sessions", primaryKey: ["token_digest"], tenancy: .column("tenant"),
                [
                    Column("token_digest", .text), Column("tenant", .text), Column("account", .text),
                    Column("created", .instant), Column("last_seen", .instant), Column("expires", .instant),
                ])),
        .createIndex(Index("platform_sessions_account", on: "platform_sessions", ["tenant", "account"])),
        .createTable(
            Table(
                "platform_api_keys", primaryKey: ["key_digest"], unique: [["tenant", "id"]],
                tenancy: .column("tenant"),
                [
                    Column("key_digest", .text), Column("tenant", .text), Column("id", .text), Column("name", .text),
                    Column("permissions", .text), Column("created", .instant), Column("created_by", .text),
                    Column("expires", .instant, optional: true), Column("revoked", .instant, optional: true),
                    Column("last_used", .instant, optional: true),
                ])),
    ]
}
