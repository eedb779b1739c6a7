import HigoTesting
import Platform
import Storage
import Synchronization
import Testing

@Suite struct BackgroundWorkTests {
    @Test(arguments: TestDatabase.kinds)
    func worksUntilStoppedAndSealsWhatWasWritten(kind: TestDatabase.Kind) async throws {
        try await withPlatform(kind) { platform in
            let database = platform.databases.main
            let key = AuditKey()
            let (done, finish) = AsyncStream<Void>.makeStream()
            let job = JobType("test.job", "Finishes.") { _, _ in finish.finish() }
            let work = BackgroundWork(
                BackgroundWork.Parts(
                    services: platform.services,
                    consumers: PlatformServices.consumers.map {
                        ConsumerRunner($0, database: database, holder: "a")
                    },
                    jobs: [JobRunner(database: database, [job], holder: "a", seed: 1)],
                    sealers: [AuditSealer(database: database, key: key, holder: "a")], clock: platform.clock))
            async let running: Void = work.run()
            try await database.write(platform.context) { transaction throws(Refusal) in
                try transaction.enqueue(JobRequest(type: "test.job", key: "1"))
                try transaction.audit(AuditEvent("person.read", subject: "x"))
            }
            work.wake()
            for await _ in done {}
            try await platform.waitForHorizon()
            work.stop()
            await running
            let report = try await AuditVerifier(database: database, keys: [key]).verify(platform.context)
            #expect(report.unsealed == 0)
            #expect(report.rows >= 1)
            let left = try await platform.services.jobs.list(platform.context)
            #expect(left.isEmpty)
        }
    }
}
