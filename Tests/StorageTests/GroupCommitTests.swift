import HigoTesting
import Storage
import Testing

/// Many writers share a commit, and one that is refused costs the others nothing if it refused before it wrote.
@Suite struct GroupCommitTests {
    @Test(arguments: TestDatabase.kinds)
    func keepsAllOfManyConcurrentWrites(kind: TestDatabase.Kind) async throws {
        try await withDatabases(kind, [.things]) { databases in
            try await withThrowingTaskGroup { group in
                for number in 0..<400 {
                    group.addTask {
                        try await databases.main.write(.test(tenant: TenantID("4310\(number % 7)"))) {
                            transaction throws(Refusal) in try transaction.put("\(number)", size: 1)
                        }
                    }
                }
                try await group.waitForAll()
            }
            let count = try await databases.main.thingCount()
            #expect(count == 400)
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func replaysNothingForARefusalBeforeTheFirstWrite(kind: TestDatabase.Kind) async throws {
        try await withDatabases(kind, [.things]) { databases in
            let before = databases.main.statistics
            let made = await withTaskGroup(of: Bool.self) { group in
                for number in 0..<200 {
                    group.addTask {
                        do {
                            try await databases.main.write(.test()) { transaction throws(Refusal) in
                                try transaction.create("\(number % 20)")
                            }
                            return true
                        } catch { return false }
                    }
                }
                return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(made == 20)
            let count = try await databases.main.thingCount()
            #expect(count == 20)
            #expect(databases.main.statistics.lateRefusals == before.lateRefusals)
            if kind == .sqlite { #expect(databases.main.statistics.replays == before.replays) }
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func keepsTheOthersWhenOneRefusesAfterItWrote(kind: TestDatabase.Kind) async throws {
        try await withDatabases(kind, [.things]) { databases in
            await withTaskGroup { group in
                for number in 0..<64 {
                    group.addTask {
                        _ = try? await databases.main.write(.test()) { transaction throws(Refusal) in
                            try transaction.put("\(number)", size: 1)
                            if number == 40 { throw Refusal(.conflict, "Too late.") }
                        }
                    }
                }
            }
            let count = try await databases.main.thingCount()
            #expect(count == 63)
            let refused = try await databases.main.get(.test(), .thing("40"))
            #expect(refused == nil)
            #expect(databases.main.statistics.lateRefusals == 1)
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func spoilsTheTransactionWhenAStatementFails(kind: TestDatabase.Kind) async throws {
        try await withDatabases(kind, [.things]) { databases in
            await #expect {
                try await databases.main.write(.test()) { transaction throws(Refusal) in
                    try transaction.put("a", size: 1)
                    do throws(Refusal) {
                        try transaction.execute("INSERT INTO things (id, label) VALUES (?, ?)", ["a", "again"])
                    } catch {}
                }
            } throws: { ($0 as? Refusal)?.code == .alreadyExists }
            let count = try await databases.main.thingCount()
            #expect(count == 0)
        }
    }
}

extension Database {
    func thingCount() async throws(Refusal) -> Int {
        try await query(.test()) { reader throws(Refusal) in try reader.count("SELECT count(*) FROM things") }
    }
}
