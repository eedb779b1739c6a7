/// A job that a process has taken on.
public struct ClaimedJob: Sendable, Hashable {
    public var request: JobRequest
    public var tenant: TenantID
    /// This try included.
    public var tries: Int
    public var created: Instant
    /// The request that asked for it.
    public var requestID: String
    var holder: String
    var version: Int64
}

extension Transaction {
    /// Puts a job in line. A waiting job of the same type and key is left as it is, but never later than `due`; one
    /// that runs now runs once more afterwards; a parked one is tried afresh.
    public func enqueue(_ job: JobRequest) throws(Refusal) {
        try execute(
            """
            INSERT INTO jobs (type, key, tenant, payload, due, tries, created, request_id)
            VALUES (?, ?, ?, ?, ?, 0, ?, ?)
            ON CONFLICT (type, key) DO UPDATE SET
                due = CASE WHEN jobs.state = 'waiting' AND jobs.due < excluded.due THEN jobs.due ELSE excluded.due END,
                payload = CASE WHEN jobs.state = 'waiting' THEN jobs.payload ELSE excluded.payload END,
                tries = CASE WHEN jobs.state = 'parked' THEN 0 ELSE jobs.tries END,
                state = CASE WHEN jobs.state = 'running' THEN 'running' ELSE 'waiting' END,
                version = jobs.version + 1
            """,
            [
                .text(job.type), .text(job.key), .text(context.tenant.rawValue), .bytes(job.payload),
                .instant(job.due ?? context.now), .instant(context.now), .text(context.requestID),
            ])
    }

    /// Takes jobs that are due, or whose holder vanished, for so many seconds. Writes nothing if there are none.
    public func claimJobs(
        types: [String], limit: Int, holder: String, seconds: Double = 60
    ) throws(Refusal) -> [ClaimedJob] {
        if types.isEmpty { return [] }
        let now = SQLValue.instant(context.now)
        // Several nodes share the line: what another is taking is skipped, not waited for.
        let lock = dialect == .postgresql ? "FOR UPDATE SKIP LOCKED" : ""
        let rows = try rows(
            """
            SELECT * FROM jobs WHERE ((state = 'waiting' AND due <= ?) OR (state = 'running' AND claimed_until <= ?))
            AND type IN (\(types.map { _ in "?" }.joined(separator: ", "))) ORDER BY due LIMIT ? \(lock)
            """, [now, now] + types.map { .text($0) } + [.int(limit)])
        let jobs = rows.map { ClaimedJob($0, holder: holder) }
        try executeMany(
            """
            UPDATE jobs SET state = 'running', tries = tries + 1, claimed_by = ?, claimed_until = ?
            WHERE type = ? AND key = ?
            """,
            jobs.map {
                [
                    .text(holder), .instant(context.now.advanced(bySeconds: seconds)), .text($0.request.type),
                    .text($0.request.key),
                ]
            })
        return jobs
    }

    /// Takes a job that was done out of the line, or puts it back if it was asked for again meanwhile. False if
    /// another process has it by now.
    @discardableResult
    public func completeJob(_ job: ClaimedJob) throws(Refusal) -> Bool {
        guard let version = try version(of: job) else { return false }
        if version == job.version {
            try execute(
                "DELETE FROM jobs WHERE type = ? AND key = ?", [.text(job.request.type), .text(job.request.key)])
        } else {
            try release(job, state: "waiting", due: nil, tries: 0, error: nil)
        }
        return true
    }

    /// Puts a job that failed back in line for `retry`, or parks it for people to look at if there is no retry.
    @discardableResult
    public func failJob(_ job: ClaimedJob, error: String, retry: Instant?) throws(Refusal) -> Bool {
        guard try version(of: job) != nil else { return false }
        try release(job, state: retry == nil ? "parked" : "waiting", due: retry, tries: job.tries, error: error)
        return true
    }

    private func version(of job: ClaimedJob) throws(Refusal) -> Int64? {
        try row(
            "SELECT version FROM jobs WHERE type = ? AND key = ? AND state = 'running' AND claimed_by = ?",
            [.text(job.request.type), .text(job.request.key), .text(job.holder)]
        )?.int64("version")
    }

    private func release(
        _ job: ClaimedJob, state: String, due: Instant?, tries: Int, error: String?
    ) throws(Refusal) {
        try execute(
            """
            UPDATE jobs SET state = ?, due = COALESCE(?, due), tries = ?, error = ?, claimed_by = NULL,
            claimed_until = NULL WHERE type = ? AND key = ?
            """,
            [
                .text(state), .optional(due), .int(tries), .optional(error), .text(job.request.type),
                .text(job.request.key),
            ])
    }
}

extension ClaimedJob {
    init(_ row: Row, holder: String) {
        self.init(
            request: JobRequest(
                type: row.text("type"), key: row.text("key"), payload: row.bytes("payload"), due: row.instant("due")),
            tenant: TenantID(row.text("tenant")), tries: row.int("tries") + 1, created: row.instant("created"),
            requestID: row.text("request_id"), holder: holder, version: row.int64("version"))
    }
}
