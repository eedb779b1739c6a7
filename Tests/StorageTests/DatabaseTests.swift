import HigoTesting
import Storage
import Testing

/// Rows go in and come out the same, on every database.
@Suite struct DatabaseTests {
    @Test(arguments: TestDatabase.kinds)
    func keepsEveryKindOfValue(kind: TestDatabase.Kind) async throws {
        try await withDatabases(kind, [.things]) { databases in
            let values: [SQLValue] = ["a", "熊本", -5, 1.25, true, .bytes([0, 255, 10]), .null]
            try await databases.main.write(.test()) { transaction throws(Refusal) in
                try transaction.execute("INSERT INTO things VALUES (?, ?, ?, ?, ?, ?, ?)", values)
            }
            let row = try await databases.main.get(.test(), .thing("a"))
            #expect(row?.text("label") == "熊本")
            #expect(row?.int64("size") == -5)
            #expect(row?.double("weight") == 1.25)
            #expect(row?.bool("is_open") == true)
            #expect(row?.bytes("body") == [0, 255, 10])
            #expect(row?["note"] == .null)
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func showsAWriteToTheNextRead(kind: TestDatabase.Kind) async throws {
        try await withDatabases(kind, [.things]) { databases in
            for number in 0..<20 {
                try await databases.main.write(.test()) { transaction throws(Refusal) in
                    try transaction.put("a", size: Int64(number))
                }
                #expect(try await databases.main.get(.test(), .thing("a"))?.int("size") == number)
            }
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func readsAnEmptyTextAsEmpty(kind: TestDatabase.Kind) async throws {
        try await withDatabases(kind, [.things]) { databases in
            try await databases.main.write(.test()) { transaction throws(Refusal) in
                try transaction.execute(
                    "INSERT INTO things VALUES (?, ?, ?, ?, ?, ?, ?)", ["", "", 0, 0.0, false, .bytes([]), .null])
            }
            let row = try await databases.main.get(.test(), .thing(""))
            #expect(row?["label"] == "")
            #expect(row?.optionalBytes("body") == [])
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func stopsAQueryAtItsDeadline(kind: TestDatabase.Kind) async throws {
        try await withDatabases(kind, [.things]) { databases in
            await #expect {
                try await databases.main.query(.test(), seconds: 0.5) { reader throws(Refusal) in
                    try reader.count(
                        """
                        WITH RECURSIVE n (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 100000000)
                        SELECT count(*) FROM n
                        """)
                }
            } throws: { ($0 as? Refusal)?.code == .queryTooSlow }
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func refusesAWriteInAQuery(kind: TestDatabase.Kind) async throws {
        try await withDatabases(kind, [.things]) { databases in
            await #expect(throws: Refusal.self) {
                try await databases.main.query(.test()) { reader throws(Refusal) in
                    try reader.rows("INSERT INTO things (id, label) VALUES ('a', 'b') RETURNING id")
                }
            }
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func refusesTextWithTheNullCharacter(kind: TestDatabase.Kind) async throws {
        try await withDatabases(kind, [.things]) { databases in
            await #expect {
                try await databases.main.write(.test()) { transaction throws(Refusal) in
                    try transaction.put("a\u{0}b", size: 1)
                }
            } throws: { ($0 as? Refusal)?.code == .invalid }
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func givesEachNumberOfASequenceOnce(kind: TestDatabase.Kind) async throws {
        try await withDatabases(kind, [.things]) { databases in
            let numbers = try await withThrowingTaskGroup(of: Int64.self) { group in
                for _ in 0..<50 {
                    group.addTask {
                        try await databases.main.write(.test()) { transaction throws(Refusal) in
                            try transaction.nextNumber("thing_number")
                        }
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(Set(numbers).count == 50)
        }
    }

    @Test func holdsTheFolderAlone() async throws {
        try await withDatabases(.sqlite) { databases in
            let folder = try #require(databases.folder)
            await #expect {
                try await TestDatabase.open(.sqlite, folder: folder).close()
            } throws: { ($0 as? Refusal)?.code == .unavailable }
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func refusesEverythingAfterItClosed(kind: TestDatabase.Kind) async throws {
        try await withDatabases(kind, [.things]) { databases in
            await databases.main.close()
            await #expect(throws: Refusal.self) { try await databases.main.get(.test(), .thing("a")) }
            await #expect(throws: Refusal.self) {
                try await databases.main.query(.test()) { reader throws(Refusal) in try reader.rows("SELECT 1") }
            }
            await #expect(throws: Refusal.self) {
                try await databases.main.write(.test()) { transaction throws(Refusal) in
                    try transaction.put("a", size: 1)
                }
            }
        }
    }
}
