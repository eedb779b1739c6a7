import HigoTesting
import Platform
import Storage
import Synchronization
import Testing

@Suite struct JobRunnerTests {
    private final class Log: Sendable {
        private let lines = Mutex<[String]>([])
        var all: [String] { lines.withLock { $0 } }
        func add(_ line: String) { lines.withLock { $0.append(line) } }
    }

    private func enqueue(_ platform: TestPlatform, _ job: JobRequest, tenant: TenantID = "431001") async throws {
        try await platform.databases.main.write(platform.context(as: .system("test", tenant: tenant))) {
            transaction throws(Refusal) in try transaction.enqueue(job)
        }
    }

    private func runner(_ platform: TestPlatform, _ types: JobType...) -> JobRunner {
        JobRunner(database: platform.databases.main, types, holder: "a", seed: 7)
    }

    @Test(arguments: TestDatabase.kinds)
    func runsWhatIsDueOnceForItsTenant(kind: TestDatabase.Kind) async throws {
        try await withPlatform(kind) { platform in
            let log = Log()
            let runner = runner(
                platform,
                JobType("test.mail", "Sends mail.") { context, job in
                    let text = String(decoding: job.payload, as: UTF8.self)
                    log.add("\(job.key) \(context.tenant) \(context.actor.id) \(text)")
                })
            try await enqueue(platform, JobRequest(type: "test.mail", key: "1", payload: Array("hello".utf8)))
            try await enqueue(platform, JobRequest(type: "test.mail", key: "1", payload: Array("again".utf8)))
            let later = platform.clock.now().advanced(bySeconds: 60)
            try await enqueue(platform, JobRequest(type: "test.mail", key: "2", due: later))
            try await enqueue(platform, JobRequest(type: "test.other", key: "3"))
            let ran = try await runner.runDue(platform.context)
            #expect(ran == 1)
            platform.clock.advance(bySeconds: 60)
            try await runner.runDue(platform.context)
            #expect(log.all == ["1 431001 system:test.mail hello", "2 431001 system:test.mail "])
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func retriesWithGrowingWaitsThenParks(kind: TestDatabase.Kind) async throws {
        try await withPlatform(kind) { platform in
            let log = Log()
            let runner = runner(
                platform,
                JobType("test.fails", "Fails.", maximumTries: 3) { context, _ in
                    log.add("\(Int(context.now.seconds(since: Instant(seconds: 1_775_001_600))))")
                    throw Refusal(.unavailable, "The mail server is away.")
                })
            try await enqueue(platform, JobRequest(type: "test.fails", key: "1"))
            for _ in 0..<60 {
                try await runner.runDue(platform.context)
                platform.clock.advance(bySeconds: 1)
            }
            #expect(log.all.count == 3)
            let parked = try await platform.services.jobs.list(platform.context, .parked)
            #expect(parked.map(\.key) == ["1"])
            #expect(parked.first?.tries == 3)
            #expect(parked.first?.error == "unavailable: The mail server is away.")

            try await platform.services.jobs.retry(platform.context, type: "test.fails", key: "1")
            try await runner.runDue(platform.context)
            #expect(log.all.count == 4)
            let notParked = await refusal {
                try await platform.services.jobs.discard(platform.context, type: "test.fails", key: "1")
            }
            #expect(notParked?.code == .notFound)
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func bringsReconcilersBackAlsoAfterFailures(kind: TestDatabase.Kind) async throws {
        try await withPlatform(kind) { platform in
            let log = Log()
            let type = JobType("test.sweep", "Sweeps.", maximumTries: 2, everySeconds: 10) { _, _ in
                log.add("sweep")
                if log.all.count < 4 { throw Refusal(.unavailable, "not now") }
            }
            let runner = runner(platform, type)
            try await runner.schedule(platform.context)
            try await runner.schedule(platform.context)
            for _ in 0..<55 {
                try await runner.runDue(platform.context)
                platform.clock.advance(bySeconds: 1)
            }
            #expect(log.all.count == 6)
            let parked = try await platform.services.jobs.list(platform.context, .parked)
            #expect(parked.isEmpty)
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func takesOverAJobWhoseProcessVanished(kind: TestDatabase.Kind) async throws {
        try await withPlatform(kind) { platform in
            let log = Log()
            let runner = runner(platform, JobType("test.once", "Runs.") { _, job in log.add(job.key) })
            try await enqueue(platform, JobRequest(type: "test.once", key: "1"))
            try await platform.databases.main.write(platform.context) { transaction throws(Refusal) in
                _ = try transaction.claimJobs(types: ["test.once"], limit: 1, holder: "vanished", seconds: 60)
            }
            try await runner.runDue(platform.context)
            #expect(log.all.isEmpty)
            platform.clock.advance(bySeconds: 61)
            try await runner.runDue(platform.context)
            #expect(log.all == ["1"])
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func showsJobsToThoseWhoMayManageThem(kind: TestDatabase.Kind) async throws {
        try await withPlatform(kind) { platform in
            try await enqueue(platform, JobRequest(type: "test.a", key: "city"))
            try await enqueue(platform, JobRequest(type: "test.a", key: "other"), tenant: "432024")
            let officer = Actor(id: "officer:x", kind: .officer, tenant: "431001", permissions: [.manageJobs])
            let seen = try await platform.services.jobs.list(platform.context(as: officer))
            #expect(seen.map(\.key) == ["city"])
            let anonymous = await refusal {
                try await platform.services.jobs.list(platform.context(as: .anonymous))
            }
            #expect(anonymous?.code == .unauthenticated)
        }
    }
}
