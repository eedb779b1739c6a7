import HigoTesting
import Storage
import Testing

@Suite struct MigrationTests {
    @Test(arguments: TestDatabase.kinds)
    func runsOnlyWhatHasNotRun(kind: TestDatabase.Kind) async throws {
        try await withDatabases(kind, [.things]) { databases in
            var sets = [MigrationSet.things]
            let nothing = try await databases.pendingMigrations(sets)
            #expect(nothing == [])
            sets[0].migrations.append(
                Migration(
                    "0002-colour",
                    [
                        .addColumn(table: "things", Column("colour", .text, default: "it's red")),
                        .createIndex(Index("things_colour", on: "things", ["colour"])),
                        .execute("UPDATE things SET note = 'moved'"),
                    ]))
            let pending = try await databases.pendingMigrations(sets)
            #expect(pending == ["test/0002-colour"])
            try await databases.main.write(.test()) { transaction throws(Refusal) in try transaction.put("a", size: 1) }
            // The statement is prepared on every connection that will read after the change.
            for _ in 0..<8 { _ = try await databases.main.get(.test(), .thing("a")) }
            try await databases.migrate(sets)
            try await databases.migrate(sets)
            let row = try await databases.main.get(.test(), .thing("a"))
            #expect(row?.text("colour") == "it's red")
            #expect(row?.text("note") == "moved")
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func leavesNothingOfAMigrationThatFails(kind: TestDatabase.Kind) async throws {
        try await withDatabases(kind, [.things]) { databases in
            let bad = MigrationSet(
                module: "bad",
                [
                    Migration(
                        "0001-bad",
                        [
                            .createTable(
                                Table(
                                    "half", primaryKey: ["id"], tenancy: .none(because: "a test"), [Column("id", .text)]
                                )),
                            .execute("UPDATE nowhere SET a = 1"),
                        ])
                ])
            await #expect(throws: Refusal.self) { try await databases.migrate([.things, bad]) }
            let pending = try await databases.pendingMigrations([.things, bad])
            #expect(pending == ["bad/0001-bad"])
            await #expect(throws: Refusal.self) {
                try await databases.main.query(.test()) { reader throws(Refusal) in
                    try reader.count("SELECT count(*) FROM half")
                }
            }
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func refusesTwoMigrationsOfOneName(kind: TestDatabase.Kind) async throws {
        try await withDatabases(kind) { databases in
            await #expect(throws: Refusal.self) { try await databases.migrate([.things, .things]) }
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func opensAVaultMigratedAndApart(kind: TestDatabase.Kind) async throws {
        let people = MigrationSet(
            module: "people",
            [
                Migration(
                    "0001-people", in: .vault,
                    [
                        .createTable(
                            Table(
                                "people", primaryKey: ["id"], tenancy: .none(because: "a vault is one tenant's"),
                                isSmall: true, [Column("id", .text)]))
                    ])
            ])
        try await withDatabases(kind, [people]) { databases in
            let vault = try await databases.vault(tenant: "431001", provider: "identity")
            try await vault.write(.test()) { transaction throws(Refusal) in
                try transaction.execute("INSERT INTO people VALUES (?)", ["a"])
            }
            let other = try await databases.vault(tenant: "432024", provider: "identity")
            let count = try await other.query(.test()) { reader throws(Refusal) in
                try reader.count("SELECT count(*) FROM people")
            }
            #expect(count == 0)
            let vaults = try await databases.vaults().map { "\($0.tenant)/\($0.provider)" }
            #expect(vaults == ["431001/identity", "432024/identity"])
            await #expect { try await databases.vault(tenant: "../x", provider: "y") } throws: {
                ($0 as? Refusal)?.code == .invalid
            }
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func makesTablesAtRunTime(kind: TestDatabase.Kind) async throws {
        try await withDatabases(kind) { databases in
            let table = Table(
                "ds_0001", primaryKey: ["row"], tenancy: .none(because: "a file"),
                [Column("row", .int64), Column("避難所 \"名\"", .text), Column("value", .double, optional: true)])
            let row = try await databases.datastore.write(.test()) { transaction throws(Refusal) in
                try transaction.apply(.createTable(table))
                try transaction.execute("INSERT INTO ds_0001 VALUES (?, ?, ?)", [1, "小学校", .null])
                return try transaction.row("SELECT * FROM ds_0001")
            }
            #expect(row?.text("避難所 \"名\"") == "小学校")
        }
    }
}
