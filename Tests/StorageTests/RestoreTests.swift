import Foundation
import HigoTesting
import Storage
import Testing

/// What a backup must not forget and a restore must not overlook.
@Suite struct RestoreTests {
    @Test(arguments: TestDatabase.kinds)
    func bringsBackFilesThatOnlyTheDatastoreOrAVaultNames(kind: TestDatabase.Kind) async throws {
        try await withTemporaryFolder { folder in
            let path = folder + "/backup.tar"
            let blobs = try await withDatabases(kind) { databases in
                let place = databases.folder ?? ""
                let vault = try await databases.vault(tenant: "431001", provider: "identity")
                let blobs = try await [
                    Blobs(folder: place, database: databases.datastore)
                        .put(.test(), mediaType: "text/csv", bytes: Array("a,b".utf8)),
                    Blobs(folder: place, database: vault)
                        .put(.test(), mediaType: "text/plain", bytes: Array("person".utf8)),
                ]
                try await Backup(databases, []).write(.test(), to: path)
                return blobs
            }
            try await Self.withEmpty(kind) { databases in
                try await Restore(databases, []).read(.test(), from: path)
                let restored = Blobs(folder: databases.folder ?? "", database: databases.main)
                #expect(try await restored.get(blobs[0]) == Array("a,b".utf8))
                #expect(try await restored.get(blobs[1]) == Array("person".utf8))
            }
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func refusesAPlaceWhereAVaultIs(kind: TestDatabase.Kind) async throws {
        try await withTemporaryFolder { folder in
            let path = folder + "/backup.tar"
            try await withDatabases(kind) { try await Backup($0, []).write(.test(), to: path) }
            try await Self.withEmpty(kind) { databases in
                _ = try await databases.vault(tenant: "431001", provider: "identity")
                await #expect {
                    try await Restore(databases, []).read(.test(), from: path)
                } throws: { ($0 as? Refusal)?.code == .conflict }
            }
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func isMarkedAsUnfinishedBeforeTheFirstMigration(kind: TestDatabase.Kind) async throws {
        let broken = MigrationSet(
            module: "test",
            [Migration("0001-broken", in: .main, [.createIndex(Index("none", on: "no_such_table", ["id"]))])])
        try await Self.withEmpty(kind) { databases in
            try await databases.prepare()
            await #expect(throws: Refusal.self) {
                try await Migrator([broken]).begin(restoreOf: databases.main, .test())
            }
            await #expect {
                _ = try await databases.pendingMigrations([])
            } throws: { ($0 as? Refusal)?.detail.contains("did not end") == true }
        }
    }

    /// Rows of the log as (transaction, sequence), and where a cursor stands among them; then where it stands restored.
    static let cursors: [(rows: [[Int64]], cursor: [Int64], restored: Int64)] = [
        ([[3, 1], [3, 2], [5, 3]], [5, 3], 3),
        ([[3, 1], [3, 2], [5, 3]], [3, 1], 1),
        // Sequence 2 was committed last and is not read.
        ([[3, 1], [5, 3], [7, 2]], [5, 3], 1),
        // All is read, the highest sequence not last.
        ([[3, 1], [5, 3], [7, 2]], [7, 2], 3),
    ]

    @Test(arguments: TestDatabase.kinds, cursors)
    func putsCursorsBeforeTheFirstRowThatWasNotRead(
        kind: TestDatabase.Kind, example: (rows: [[Int64]], cursor: [Int64], restored: Int64)
    ) async throws {
        try await withTemporaryFolder { folder in
            let path = folder + "/backup.tar"
            try await withDatabases(kind) { databases in
                try await databases.main.write(.test()) { transaction throws(Refusal) in
                    for row in example.rows { try transaction.addAuditRow(row[0], row[1]) }
                    try transaction.moveCursor(
                        "audit.audit-log",
                        to: LogPosition(transaction: example.cursor[0], sequence: example.cursor[1]))
                }
                try await Backup(databases, []).write(.test(), to: path)
            }
            try await Self.withEmpty(kind) { databases in
                try await Restore(databases, []).read(.test(), from: path)
                let cursor = try await databases.main.query(.test()) { reader throws(Refusal) in
                    try reader.cursor("audit.audit-log")
                }
                #expect(cursor == LogPosition(transaction: 0, sequence: example.restored))
            }
        }
    }

    static func withEmpty(
        _ kind: TestDatabase.Kind, _ body: (any Databases) async throws -> Void
    ) async throws {
        try await TestDatabase.withPlace {
            try await withTemporaryFolder { folder in
                let databases = try TestDatabase.open(kind, folder: folder)
                do { try await body(databases) } catch {
                    try? await TestDatabase.discard(databases)
                    throw error
                }
                try await TestDatabase.discard(databases)
            }
        }
    }
}

extension Transaction {
    fileprivate func addAuditRow(_ transaction: Int64, _ sequence: Int64) throws(Refusal) {
        try execute(
            """
            INSERT INTO audit_log (seq, txid, time, tenant, action, subject, actor, purpose, request_id)
            VALUES (?, ?, 0, '43', 'test.looked', '', '', '', '')
            """, [.int64(sequence), .int64(transaction)])
    }
}
