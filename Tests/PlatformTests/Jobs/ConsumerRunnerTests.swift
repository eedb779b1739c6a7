import HigoTesting
import Platform
import Storage
import Testing

@Suite struct ConsumerRunnerTests {
    private let table = MigrationSet(
        module: "test",
        [
            Migration(
                "0001-counts",
                [
                    .createTable(
                        Table(
                            "test_counts", primaryKey: ["key"], tenancy: .none(because: "a test"),
                            [Column("key", .text), Column("count", .int64)]))
                ])
        ])

    /// Counts changes by key: applying one twice would show.
    private let counter = Consumer("test.counter", typePrefixes: ["test."]) { changes, transaction throws(Refusal) in
        for record in changes {
            try transaction.execute(
                """
                INSERT INTO test_counts (key, count) VALUES (?, 1)
                ON CONFLICT (key) DO UPDATE SET count = test_counts.count + 1
                """, [.text(record.change.key)])
        }
    }

    private func write(_ databases: any Databases, _ type: EventType, _ count: Int) async throws {
        try await databases.main.write(.test()) { transaction throws(Refusal) in
            for number in 0..<count {
                try transaction.record(Change(type, space: "area", key: "\(type) \(number % 10)"))
            }
        }
        try await waitForHorizon(of: databases.main)
    }

    private func counts(_ databases: any Databases) async throws -> [String: Int] {
        let rows = try await databases.main.query(.test()) { reader throws(Refusal) in
            try reader.rows("SELECT key, count FROM test_counts").map { ($0.text("key"), $0.int("count")) }
        }
        return Dictionary(uniqueKeysWithValues: rows)
    }

    @Test(arguments: TestDatabase.kinds)
    func appliesEachChangeOnceWhateverStopsInBetween(kind: TestDatabase.Kind) async throws {
        try await withDatabases(kind, [table]) { databases in
            try await write(databases, "test.a", 250)
            try await write(databases, "other.b", 1_500)
            try await write(databases, "test.a", 30)
            let first = ConsumerRunner(counter, database: databases.main, holder: "a")
            let applied = try await first.run(.test())
            #expect(applied == 280)
            try await write(databases, "other.b", 5)
            try await first.run(.test())
            try await write(databases, "test.a", 10)
            // A new process begins at the cursor in the database, behind what the first one passed over.
            let second = ConsumerRunner(counter, database: databases.main, holder: "a")
            let more = try await second.run(.test())
            #expect(more == 10)
            let none = try await first.run(.test())
            #expect(none == 0)
            let counts = try await counts(databases)
            #expect(counts.count == 10)
            #expect(counts.values.allSatisfy { $0 == 29 })
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func appliesNothingOfABatchThatRefuses(kind: TestDatabase.Kind) async throws {
        try await withDatabases(kind, [table]) { databases in
            try await write(databases, "test.a", 20)
            let broken = Consumer("test.counter", typePrefixes: ["test."]) {
                changes, transaction throws(Refusal) in
                try counter.apply(changes, transaction)
                throw Refusal(.invalid, "cannot go on")
            }
            let refused = await refusal {
                try await ConsumerRunner(broken, database: databases.main, holder: "a").run(.test())
            }
            #expect(refused?.code == .invalid)
            #expect(try await counts(databases).isEmpty)
            let applied = try await ConsumerRunner(counter, database: databases.main, holder: "a").run(.test())
            #expect(applied == 20)
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func oneProcessRunsAConsumerAtATime(kind: TestDatabase.Kind) async throws {
        try await withDatabases(kind, [table]) { databases in
            let clock = TestClock(Instant(seconds: 1_775_001_600))
            let context = OperationContext.test(clock: clock)
            try await write(databases, "test.a", 5)
            try await ConsumerRunner(counter, database: databases.main, holder: "a").run(context)
            try await write(databases, "test.a", 5)
            let other = ConsumerRunner(counter, database: databases.main, holder: "b")
            let refused = try await other.run(context)
            #expect(refused == 0)
            clock.advance(bySeconds: 11)
            let applied = try await other.run(context)
            #expect(applied == 5)
        }
    }
}
