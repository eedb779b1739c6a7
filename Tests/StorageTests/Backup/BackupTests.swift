import Foundation
import HigoTesting
import Storage
import Testing

/// What goes through an archive comes out the same, whatever database it came from and goes to.
@Suite struct BackupTests {
    @Test(arguments: TestDatabase.kinds, TestDatabase.kinds)
    func keepsEveryRow(from source: TestDatabase.Kind, to target: TestDatabase.Kind) async throws {
        try await withTemporaryFolder { folder in
            let before = try await withDatabases(source, .archived) { databases in
                try await ArchivedThings.fill(databases)
                try await Backup(databases, .archived).write(.test(), to: folder + "/a.higo")
                return try await ArchivedThings.read(databases)
            }
            try await withEmptyDatabases(target) { databases in
                let summary = try await Restore(databases, .archived).read(.test(), from: folder + "/a.higo")
                let after = try await ArchivedThings.read(databases)
                #expect(after == before)
                #expect(summary.rows > ArchivedThings.count)
            }
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func writesTheSameArchiveAfterARestore(kind: TestDatabase.Kind) async throws {
        try await withArchive { archive in
            try await withEmptyDatabases(kind) { databases in
                try await Restore(databases, .archived).read(.test(), from: archive)
                try await Backup(databases, .archived).write(.test(), to: archive + "2")
            }
            #expect(try ArchivedThings.lines(of: archive + "2") == ArchivedThings.lines(of: archive))
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func numbersGoOn(kind: TestDatabase.Kind) async throws {
        try await withArchive { archive in
            try await withEmptyDatabases(kind) { databases in
                try await Restore(databases, .archived).read(.test(), from: archive)
                let number = try await databases.main.write(.test()) { transaction throws(Refusal) in
                    try transaction.nextNumber("thing_number")
                }
                #expect(number > Int64(ArchivedThings.count))
                let last = try await databases.main.query(.test()) { reader throws(Refusal) in
                    try ChangeLog.end(in: reader)
                }
                try await ArchivedThings.append("later", databases.main)
                let new = try await databases.main.query(.test()) { reader throws(Refusal) in
                    try ChangeLog.read(after: last, limit: 10, in: reader)
                }
                #expect(new.map(\.change.key) == ["later"])
                let all = try await databases.main.query(.test()) { reader throws(Refusal) in
                    try ChangeLog.read(after: .start, limit: 100, in: reader)
                }
                #expect(all.map(\.change.key) == ["k0", "k1", "k2", "later"])
            }
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func findsByTextAndPlaceAfterARestore(kind: TestDatabase.Kind) async throws {
        try await withArchive { archive in
            try await withEmptyDatabases(kind) { databases in
                try await Restore(databases, .archived).read(.test(), from: archive)
                let found = try await ArchivedThings.found(in: databases.main)
                #expect(found == [[7], [3]])
            }
        }
    }

    @Test func keepsBlobs() async throws {
        try await withTemporaryFolder { folder in
            let digest = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"
            let databases = try TestDatabase.open(.sqlite, folder: folder + "/one")
            try await databases.migrate(.archived)
            try FileManager.default.createDirectory(atPath: folder + "/one/blobs/2c", withIntermediateDirectories: true)
            try Data("hello".utf8).write(to: URL(fileURLWithPath: folder + "/one/blobs/2c/\(digest)"))
            let written = try await Backup(databases, .archived).write(.test(), to: folder + "/a.higo")
            await databases.close()
            let restored = try TestDatabase.open(.sqlite, folder: folder + "/two")
            let read = try await Restore(restored, .archived).read(.test(), from: folder + "/a.higo")
            await restored.close()
            #expect(written.blobs == 1 && read.blobs == 1)
            #expect(try String(contentsOfFile: folder + "/two/blobs/2c/\(digest)", encoding: .utf8) == "hello")
        }
    }
}
