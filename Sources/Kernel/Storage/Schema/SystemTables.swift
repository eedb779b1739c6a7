extension MigrationSet {
    /// The tables that every database has: change log, audit, jobs, cursors, leases, sequences, and blobs.
    package static let system = MigrationSet(
        module: "storage",
        [
            Migration(
                "0001-logs", in: .every,
                [
                    .createTable(.changeLog),
                    .createIndex(.commitOrder(of: "change_log")),
                    .createTable(.auditLog), .createIndex(.commitOrder(of: "audit_log")),
                    .createIndex(Index("audit_log_subject", on: "audit_log", ["tenant", "subject", "seq"])),
                    .createTable(.checkpoints),
                ]),
            Migration(
                "0002-work", in: .every,
                [
                    .createTable(.jobs), .createIndex(Index("jobs_due", on: "jobs", ["state", "due"])),
                    .createTable(.cursors), .createTable(.leases),
                ]),
            Migration("0003-blobs", in: .every, [.createTable(.blobs)]),
            Migration("0004-made-tables", in: .every, [.createTable(.madeSteps)]),
        ])
}

extension Index {
    /// Where sequences commit out of order, logs are read in the order of transactions.
    fileprivate static func commitOrder(of table: String) -> Index {
        var index = Index("\(table)_order", on: table, ["txid", "seq"])
        index.dialect = .postgresql
        return index
    }
}

extension Table {
    /// `seq` grows in the order of commits on SQLite; on PostgreSQL the order is (`txid`, `seq`). `sealed` is the number
    /// in the audit chain, `hash` the chain's value there.
    static let changeLog = Table(
        "change_log", primaryKey: ["seq"], tenancy: .column("tenant"),
        [
            Column("seq", .identity), Column("txid", .transaction), Column("time", .instant), Column("tenant", .text),
            Column("space", .text), Column("type", .text), Column("key", .text), Column("actor", .text),
            Column("request_id", .text), Column("before", .json, optional: true),
            Column("after", .json, optional: true), Column("shard", .int64), Column("sealed", .int64, optional: true),
            Column("hash", .bytes, optional: true),
        ])

    static let auditLog = Table(
        "audit_log", primaryKey: ["seq"], tenancy: .column("tenant"),
        [
            Column("seq", .identity), Column("txid", .transaction), Column("time", .instant), Column("tenant", .text),
            Column("action", .text), Column("subject", .text), Column("actor", .text), Column("purpose", .text),
            Column("request_id", .text), Column("detail", .json, optional: true),
            Column("sealed", .int64, optional: true), Column("hash", .bytes, optional: true),
        ])

    /// Signed states of the audit chain.
    static let checkpoints = Table(
        "audit_checkpoints", primaryKey: ["sealed"], tenancy: .none(because: "the chain covers all tenants' rows"),
        [
            Column("sealed", .int64), Column("time", .instant), Column("hash", .bytes), Column("signature", .bytes),
            Column("key_id", .text),
        ])

    /// A job waits (`waiting`), runs until `claimed_until` (`running`), or lies for people to look at (`parked`).
    static let jobs = Table(
        "jobs", primaryKey: ["type", "key"], tenancy: .column("tenant"),
        [
            Column("type", .text), Column("key", .text), Column("tenant", .text), Column("payload", .bytes),
            Column("due", .instant), Column("tries", .int64), Column("created", .instant),
            Column("request_id", .text), Column("state", .text, default: "waiting"),
            Column("claimed_by", .text, optional: true), Column("claimed_until", .instant, optional: true),
            Column("error", .text, optional: true), Column("version", .int64, default: 0),
        ])

    static let cursors = Table(
        "cursors", primaryKey: ["consumer", "shard"], tenancy: .none(because: "a consumer reads all tenants' changes"),
        isSmall: true,
        [
            Column("consumer", .text), Column("shard", .int64), Column("txid", .int64), Column("seq", .int64),
            Column("time", .instant),
        ])

    static let leases = Table(
        "leases", primaryKey: ["name"], tenancy: .none(because: "a lease is held by a process"), isSmall: true,
        [Column("name", .text), Column("holder", .text), Column("expires", .instant)])

    static let blobs = Table(
        "blobs", primaryKey: ["tenant", "sha256"], tenancy: .column("tenant"),
        [
            Column("tenant", .text), Column("sha256", .text), Column("size", .int64), Column("media_type", .text),
            Column("created", .instant),
        ])

    /// The schema steps that were taken at run time, so that a backup knows the tables that no migration made.
    static let madeSteps = Table(
        "made_steps", primaryKey: ["number"], tenancy: .none(because: "it describes tables"),
        [Column("number", .identity), Column("name", .text), Column("step", .json)])
}
