import Foundation
import HigoTesting
import SQLiteStorage
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

    @Test func isDurableWhenItReturns() async throws {
        try await withTemporaryFolder { copy in
            try await withDatabases(.sqlite, [.things]) { databases in
                let folder = try #require(databases.folder)
                try await databases.main.write(.test()) { transaction throws(Refusal) in
                    try transaction.put("a", size: 1)
                }
                // What another process would find if this one were killed now.
                for suffix in ["", "-wal"] {
                    try FileManager.default.copyItem(
                        atPath: "\(folder)/main.db\(suffix)", toPath: "\(copy)/main.db\(suffix)")
                }
            }
            let databases = try TestDatabase.open(.sqlite, folder: copy)
            let row = try await databases.main.get(.test(), .thing("a"))
            #expect(row?.int("size") == 1)
            await databases.close()
        }
    }

    @Test func letsGoOfWhatNobodyUsesAndOpensItAgain() async throws {
        try await withTemporaryFolder { folder in
            let database = try SQLiteDatabase(
                .main, path: folder + "/main.db", deadlines: QueryDeadlines(), idleSeconds: 0.01)
            try await database.write(.test()) { transaction throws(Refusal) in
                try transaction.execute("CREATE TABLE things (id TEXT PRIMARY KEY, size INTEGER, label TEXT)")
            }
            // SQLite removes the log when the last connection is closed.
            while FileManager.default.fileExists(atPath: folder + "/main.db-wal") {
                try await Task.sleep(for: .milliseconds(5))
            }
            try await database.write(.test()) { transaction throws(Refusal) in try transaction.put("a", size: 1) }
            let row = try await database.get(.test(), .thing("a"))
            #expect(row?.int("size") == 1)
            await database.close()
        }
    }
}

extension Storage.Database {
    func thingCount() async throws(Refusal) -> Int {
        try await query(.test()) { reader throws(Refusal) in try reader.count("SELECT count(*) FROM things") }
    }
}
