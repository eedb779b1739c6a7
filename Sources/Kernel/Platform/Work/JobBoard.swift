import Storage

/// A job as people see it.
public struct JobState: Sendable, Hashable {
    public enum State: String, Sendable { case waiting, running, parked }

    public var type: String
    public var key: String
    public var tenant: TenantID
    public var state: State
    public var due: Instant
    public var tries: Int
    /// Why the last try failed.
    public var error: String?

    init(row: Row) {
        type = row.text("type")
        key = row.text("key")
        tenant = TenantID(row.text("tenant"))
        state = State(rawValue: row.text("state")) ?? .waiting
        due = row.instant("due")
        tries = row.int("tries")
        error = row.optionalText("error")
    }
}

/// Shows the jobs of a database and tries parked ones again.
public struct JobBoard: Sendable {
    let database: any Database

    public init(database: any Database) { self.database = database }

    /// The jobs in one state, or all; those of tenants that the actor may act for, the next due first.
    public func list(
        _ context: OperationContext, _ state: JobState.State? = nil, limit: Int = 200
    ) async throws(Refusal) -> [JobState] {
        try context.require(.manageJobs)
        var filters = state.map { [SQLFragment("state = ?", [.text($0.rawValue)])] } ?? []
        if (try? context.requireTenant(.prefecture)) == nil {
            filters.append(SQLFragment("tenant = ?", [.text(context.tenant.rawValue)]))
        }
        let filter = SQLFragment.all(filters)
        return try await database.query(context) { reader throws(Refusal) in
            try reader.rows(
                "SELECT * FROM jobs WHERE \(filter.sql) ORDER BY due, type, key LIMIT ?",
                filter.arguments + [.int(limit)]
            ).map(JobState.init(row:))
        }
    }

    /// Tries a parked job again, from its first try.
    public func retry(_ context: OperationContext, type: String, key: String) async throws(Refusal) {
        try await withParked(context, type: type, key: key) { row, transaction throws(Refusal) in
            try transaction.enqueue(JobRequest(type: type, key: key, payload: row.bytes("payload")))
        }
    }

    /// Takes a parked job out of the line for good.
    public func discard(_ context: OperationContext, type: String, key: String) async throws(Refusal) {
        try await withParked(context, type: type, key: key) { _, transaction throws(Refusal) in
            try transaction.execute("DELETE FROM jobs WHERE type = ? AND key = ?", [.text(type), .text(key)])
        }
    }

    private func withParked(
        _ context: OperationContext, type: String, key: String,
        _ body: @escaping @Sendable (Row, any Transaction) throws(Refusal) -> Void
    ) async throws(Refusal) {
        try context.require(.manageJobs)
        try await database.write(context) { transaction throws(Refusal) in
            let rowKey = RowKey("jobs", [("type", .text(type)), ("key", .text(key))])
            guard let row = try transaction.get(rowKey), row.text("state") == JobState.State.parked.rawValue else {
                throw Refusal(.notFound, "There is no parked job '\(type)' with the key '\(key)'.")
            }
            try context.requireTenant(TenantID(row.text("tenant")))
            try body(row, transaction)
        }
    }
}
