import Storage

extension PlatformSchema {
    /// A block seals some rows of both logs: for each its sequence (8 bytes, big-endian) and its digest (32 bytes). So
    /// a row's place in the chain is known without writing to the row, and the chain holds when old rows have left.
    static let auditSteps: [Migration.Step] = [
        .createTable(
            Table(
                "audit_blocks", primaryKey: ["number"],
                tenancy: .none(because: "the chain covers all tenants' rows"),
                [
                    Column("number", .int64), Column("time", .instant), Column("audit_leaves", .bytes),
                    Column("change_leaves", .bytes), Column("head", .bytes),
                ]))
    ]
}
