import HigoTesting
import Storage
import Testing

@Suite struct CursorTests {
    @Test(arguments: TestDatabase.kinds)
    func keepsOneForAllShardsAndOneForEach(kind: TestDatabase.Kind) async throws {
        try await withDatabases(kind) { databases in
            let found = try await databases.main.write(.test()) { transaction throws(Refusal) in
                try transaction.moveCursor("a", to: LogPosition(transaction: 1, sequence: 2))
                try transaction.moveCursor("a", shard: 3, to: LogPosition(transaction: 0, sequence: 5))
                try transaction.moveCursor("a", shard: 3, to: LogPosition(transaction: 0, sequence: 6))
                return [
                    try transaction.cursor("a"), try transaction.cursor("a", shard: 3), try transaction.cursor("b"),
                ]
            }
            #expect(
                found == [
                    LogPosition(transaction: 1, sequence: 2), LogPosition(transaction: 0, sequence: 6), .start,
                ])
        }
    }
}

@Suite struct LeaseTests {
    @Test(arguments: TestDatabase.kinds)
    func isHeldByOneUntilItEnds(kind: TestDatabase.Kind) async throws {
        try await withDatabases(kind) { databases in
            let clock = TestClock(Instant(seconds: 1_000))
            let context = OperationContext.test(clock: clock)
            func take(_ holder: String) async throws -> Bool {
                try await databases.main.write(context) { transaction throws(Refusal) in
                    try transaction.takeLease("sealer", holder: holder)
                }
            }
            var taken = [try await take("a"), try await take("b")]
            clock.advance(bySeconds: 3)
            taken.append(try await take("a"))
            clock.advance(bySeconds: 9)
            taken.append(try await take("b"))
            clock.advance(bySeconds: 1.5)
            taken.append(try await take("b"))
            #expect(taken == [true, false, true, false, true])
            await #expect {
                try await databases.main.write(context) { transaction throws(Refusal) in
                    try transaction.requireLease("sealer", holder: "a")
                }
            } throws: { ($0 as? Refusal)?.code == .conflict }
            #expect(databases.main.statistics.lateRefusals == 0)
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func goesToOneOfManyWhoAskAtOnce(kind: TestDatabase.Kind) async throws {
        try await withDatabases(kind) { databases in
            let winners = try await withThrowingTaskGroup(of: Bool.self) { group in
                for number in 0..<8 {
                    group.addTask {
                        try await databases.main.write(.test()) { transaction throws(Refusal) in
                            try transaction.takeLease("sealer", holder: "\(number)")
                        }
                    }
                }
                return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(winners == 1)
        }
    }
}

@Suite struct JobTests {
    private static let job = JobRequest(type: "test.run", key: "a", payload: [1])

    @Test(arguments: TestDatabase.kinds)
    func runsEqualRequestsOnce(kind: TestDatabase.Kind) async throws {
        try await withDatabases(kind) { databases in
            let main = databases.main
            try await main.write(.test()) { transaction throws(Refusal) in
                try transaction.enqueue(Self.job)
                try transaction.enqueue(JobRequest(type: "test.run", key: "a", payload: [2]))
                try transaction.enqueue(
                    JobRequest(type: "test.run", key: "b", due: transaction.context.now.advanced(bySeconds: 60)))
            }
            let first = try await claim(main)
            #expect(first.map(\.request.key) == ["a"])
            #expect(first.map(\.request.payload) == [[1]])
            #expect(first.map(\.tries) == [1])
            let again = try await claim(main)
            #expect(again == [])
            let (done, twice) = try await main.write(.test()) { transaction throws(Refusal) in
                (try transaction.completeJob(first[0]), try transaction.completeJob(first[0]))
            }
            #expect(done)
            #expect(!twice)
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func runsOnceMoreWhatWasAskedForMeanwhile(kind: TestDatabase.Kind) async throws {
        try await withDatabases(kind) { databases in
            let main = databases.main
            try await main.write(.test()) { transaction throws(Refusal) in try transaction.enqueue(Self.job) }
            let first = try await claim(main)
            try await main.write(.test()) { transaction throws(Refusal) in
                try transaction.enqueue(JobRequest(type: "test.run", key: "a", payload: [3]))
                try transaction.completeJob(first[0])
            }
            let second = try await claim(main)
            #expect(second.map(\.request.payload) == [[3]])
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func retriesParksAndTriesAfreshWhenAskedAgain(kind: TestDatabase.Kind) async throws {
        try await withDatabases(kind) { databases in
            let main = databases.main
            try await main.write(.test()) { transaction throws(Refusal) in try transaction.enqueue(Self.job) }
            let first = try await claim(main)
            try await main.write(.test()) { transaction throws(Refusal) in
                try transaction.failJob(first[0], error: "no answer", retry: transaction.context.now)
            }
            let second = try await claim(main)
            #expect(second.map(\.tries) == [2])
            try await main.write(.test()) { transaction throws(Refusal) in
                try transaction.failJob(second[0], error: "no answer", retry: nil)
            }
            let parked = try await claim(main)
            #expect(parked == [])
            try await main.write(.test()) { transaction throws(Refusal) in try transaction.enqueue(Self.job) }
            let afresh = try await claim(main)
            #expect(afresh.map(\.tries) == [1])
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func givesAJobToAnotherWhenItsHolderVanished(kind: TestDatabase.Kind) async throws {
        try await withDatabases(kind) { databases in
            let main = databases.main
            try await main.write(.test()) { transaction throws(Refusal) in try transaction.enqueue(Self.job) }
            let first = try await claim(main)
            let later = TestClock(Instant(seconds: 1_775_001_600).advanced(bySeconds: 61))
            let second = try await claim(main, .test(clock: later), holder: "two")
            #expect(second.map(\.tries) == [2])
            let late = try await main.write(.test()) { transaction throws(Refusal) in
                try transaction.completeJob(first[0])
            }
            #expect(!late)
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func givesEachOfManyJobsToOneHolder(kind: TestDatabase.Kind) async throws {
        try await withDatabases(kind) { databases in
            let main = databases.main
            try await main.write(.test()) { transaction throws(Refusal) in
                for number in 0..<40 { try transaction.enqueue(JobRequest(type: "test.run", key: "\(number)")) }
            }
            let claimed = try await withThrowingTaskGroup(of: [ClaimedJob].self) { group in
                for number in 0..<8 {
                    group.addTask { try await claim(main, holder: "\(number)") }
                }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            #expect(Set(claimed.map(\.request.key)).count == claimed.count)
        }
    }

    private func claim(
        _ database: any Database, _ context: OperationContext = .test(), holder: String = "one"
    ) async throws -> [ClaimedJob] {
        try await database.write(context) { transaction throws(Refusal) in
            try transaction.claimJobs(types: ["test.run"], limit: 5, holder: holder)
        }
    }
}
