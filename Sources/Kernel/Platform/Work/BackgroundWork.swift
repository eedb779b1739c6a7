import Logging
import Storage
import Synchronization

/// What a process does besides answering: consumers, jobs, the audit's sealer, and tidying up.
///
/// Each has a loop of its own that looks every second, and at once when it is woken after a commit. A failure is
/// logged and tried again in the next round.
public final class BackgroundWork: Sendable {
    public struct Parts: Sendable {
        public var services: PlatformServices
        public var consumers: [ConsumerRunner]
        public var jobs: [JobRunner]
        public var sealers: [AuditSealer]
        /// How often the sealers look for new rows.
        public var sealSeconds = 1.0
        /// What each process looks at for itself after commits, its own and others'.
        public var followers: [@Sendable (OperationContext) async throws -> Void] = []
        /// Work of modules with loops of their own.
        public var longRunning: [any LongRunning] = []
        public var clock: any WallClock
        public var logger: Logger

        public init(
            services: PlatformServices, consumers: [ConsumerRunner] = [], jobs: [JobRunner] = [],
            sealers: [AuditSealer] = [], clock: any WallClock = SystemClock(), logger: Logger = Logger(label: "higo")
        ) {
            self.services = services
            self.consumers = consumers
            self.jobs = jobs
            self.sealers = sealers
            self.clock = clock
            self.logger = logger
        }
    }

    /// Rounds of one loop are at least so far apart, so that a burst of commits makes few of them.
    private static let shortestPauseSeconds = 0.05

    private struct Round: Sendable {
        var name: String
        var everySeconds: Double
        /// Whether a commit may have made work for it.
        var followsCommits = false
        var work: @Sendable (OperationContext) async throws -> Void
    }

    private let parts: Parts
    private let wakeups = Mutex<[(followsCommits: Bool, wakeup: Wakeup)]>([])
    private let stopping = Atomic<Bool>(false)

    public init(_ parts: Parts) { self.parts = parts }

    /// Runs until `stop` is called, then finishes the rounds that began, seals, and writes what was gathered.
    public func run() async {
        for jobs in parts.jobs { await attempt("schedule") { context in try await jobs.schedule(context) } }
        await withTaskGroup(of: Void.self) { group in
            for round in rounds {
                let wakeup = Wakeup()
                wakeups.withLock { $0.append((round.followsCommits, wakeup)) }
                group.addTask { await self.loop(round, wakeup) }
            }
            for work in parts.longRunning { group.addTask { await work.run() } }
        }
        for sealer in parts.sealers { await attempt("seal") { context in try await sealer.seal(context) } }
        let services = parts.services
        await attempt("tidy") { context in try await services.tidy(context) }
    }

    /// Makes consumers and jobs look at once. Cheap: call it after every commit.
    public func wake() {
        for (followsCommits, wakeup) in wakeups.withLock({ $0 }) where followsCommits { wakeup.ring() }
        for work in parts.longRunning { work.wake() }
    }

    /// Lets `run` come to its end; does not wait for it.
    public func stop() {
        stopping.store(true, ordering: .releasing)
        for (_, wakeup) in wakeups.withLock({ $0 }) { wakeup.ring() }
        for work in parts.longRunning { work.stop() }
    }

    private var isStopping: Bool { stopping.load(ordering: .acquiring) }

    private var rounds: [Round] {
        let services = parts.services
        var rounds = parts.consumers.map { consumer in
            Round(name: "consumer \(consumer.name)", everySeconds: 1, followsCommits: true) {
                try await consumer.run($0)
            }
        }
        rounds += parts.jobs.map { jobs in
            Round(name: "jobs", everySeconds: 1, followsCommits: true) { context in
                try await jobs.runDue(context, isStopping: { [weak self] in self?.isStopping ?? true })
            }
        }
        rounds += parts.sealers.map { sealer in
            Round(name: "seal", everySeconds: parts.sealSeconds) { try await sealer.seal($0) }
        }
        rounds += parts.followers.map { Round(name: "follow", everySeconds: 1, followsCommits: true, work: $0) }
        rounds.append(Round(name: "look", everySeconds: 1) { try await services.look($0) })
        rounds.append(Round(name: "tidy", everySeconds: 30) { try await services.tidy($0) })
        return rounds
    }

    private func loop(_ round: Round, _ wakeup: Wakeup) async {
        while !isStopping {
            await attempt(round.name, round.work)
            try? await Task.sleep(for: .seconds(Self.shortestPauseSeconds))
            if !isStopping { await wakeup.wait(seconds: round.everySeconds) }
        }
    }

    private func attempt(_ name: String, _ work: @Sendable (OperationContext) async throws -> Void) async {
        let context = OperationContext.system(name, clock: parts.clock, logger: parts.logger)
        do {
            try await work(context)
        } catch {
            parts.logger.error("background work failed", metadata: ["work": "\(name)", "error": "\(error)"])
        }
    }
}
