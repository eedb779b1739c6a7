import Logging
import Storage

/// Runs the jobs of one database: takes those that are due, retries failures with growing waits, parks what fails too
/// often, and keeps reconcilers coming back.
public struct JobRunner: Sendable {
    private let database: any Database
    private let types: [String: JobType]
    private let holder: String
    private let backoff: Backoff

    /// - Parameters:
    ///   - holder: names this process among those that share the database.
    ///   - seed: of the waits' jitter.
    public init(database: any Database, _ types: [JobType], holder: String, seed: UInt64) {
        self.database = database
        self.types = Dictionary(types.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        self.holder = holder
        backoff = Backoff(seed: seed)
    }

    /// The key of a reconciler's only job.
    static let reconcilerKey = "every"

    /// Puts reconcilers in line that are not. Run at start.
    public func schedule(_ context: OperationContext) async throws(Refusal) {
        let reconcilers = types.values.filter { $0.everySeconds != nil }.map(\.name).sorted()
        guard !reconcilers.isEmpty else { return }
        try await database.write(context) { transaction throws(Refusal) in
            for name in reconcilers {
                let key = RowKey("jobs", [("type", .text(name)), ("key", .text(Self.reconcilerKey))])
                guard try transaction.get(key) == nil else { continue }
                try transaction.enqueue(JobRequest(type: name, key: Self.reconcilerKey))
            }
        }
    }

    /// Runs what is due, one job after the other, until nothing is or `isStopping` says so.
    /// - Returns: how many jobs ran, failures included.
    @discardableResult
    public func runDue(
        _ context: OperationContext, isStopping: @Sendable () -> Bool = { false }
    ) async throws(Refusal) -> Int {
        var ran = 0
        while !isStopping(), let job = try await claim(context) {
            try await run(job, context)
            ran += 1
        }
        return ran
    }

    private func claim(_ context: OperationContext) async throws(Refusal) -> ClaimedJob? {
        let (names, now) = (types.keys.sorted(), context.now)
        // Looking costs no write: the line is empty most of the time.
        let isDue = try await database.query(context) { reader throws(Refusal) in
            try reader.row(
                """
                SELECT 1 FROM jobs WHERE (state = 'waiting' AND due <= ?) OR (state = 'running' AND claimed_until <= ?)
                LIMIT 1
                """, [.instant(now), .instant(now)]) != nil
        }
        guard isDue else { return nil }
        let (holder, seconds) = (holder, types.values.map(\.claimSeconds).max() ?? 60)
        return try await database.write(context) { transaction throws(Refusal) in
            try transaction.claimJobs(types: names, limit: 1, holder: holder, seconds: seconds).first
        }
    }

    private func run(_ job: ClaimedJob, _ context: OperationContext) async throws(Refusal) {
        guard let type = types[job.request.type] else { return }
        var own = OperationContext.system(
            type.name, tenant: job.tenant, clock: context.clock, logger: context.logger)
        own.requestID = job.requestID
        do {
            try await type.run(own, job.request)
        } catch {
            return try await fail(job, type, error, own)
        }
        try await database.write(own) { transaction throws(Refusal) in
            try transaction.completeJob(job)
            if let next = type.nextRun(after: transaction.context.now) { try transaction.enqueue(next) }
        }
    }

    private func fail(
        _ job: ClaimedJob, _ type: JobType, _ error: any Error, _ context: OperationContext
    ) async throws(Refusal) {
        let wait = type.everySeconds ?? backoff.seconds(afterTry: job.tries)
        let isParked = type.everySeconds == nil && job.tries >= type.maximumTries
        let retry = isParked ? nil : context.now.advanced(bySeconds: wait)
        let reason = String("\(error)".prefix(500))
        context.logger.warning(
            "job failed",
            metadata: [
                "type": "\(type.name)", "key": "\(job.request.key)", "try": "\(job.tries)", "parked": "\(isParked)",
                "error": "\(reason)",
            ])
        try await database.write(context) { transaction throws(Refusal) in
            _ = try transaction.failJob(job, error: reason, retry: retry)
        }
    }
}

extension JobType {
    /// A reconciler's next turn.
    fileprivate func nextRun(after now: Instant) -> JobRequest? {
        everySeconds.map {
            JobRequest(type: name, key: JobRunner.reconcilerKey, due: now.advanced(bySeconds: $0))
        }
    }
}
