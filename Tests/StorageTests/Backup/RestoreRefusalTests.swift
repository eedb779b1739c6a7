import Foundation
import HigoTesting
import Storage
import Testing

/// What is no whole archive, or has no empty place to go, is refused before anything is written.
@Suite struct RestoreRefusalTests {
    @Test func refusesAChangedArchive() async throws {
        try await withArchive { archive in
            var bytes = try Data(contentsOf: URL(fileURLWithPath: archive))
            bytes[bytes.count / 2] ^= 1
            try bytes.write(to: URL(fileURLWithPath: archive))
            let refused = try await Self.refusal(archive)
            #expect(refused?.code == .invalid)
            #expect(refused?.detail.contains("was changed") == true)
        }
    }

    @Test(arguments: [1, 40, 3_000])
    func refusesAnArchiveCutOff(bytes: Int) async throws {
        try await withArchive { archive in
            let whole = try Data(contentsOf: URL(fileURLWithPath: archive))
            try whole.dropLast(bytes).write(to: URL(fileURLWithPath: archive))
            let refused = try await Self.refusal(archive)
            #expect(refused?.detail.contains("cut off") == true)
        }
    }

    @Test func refusesWhatFollowsTheEnd() async throws {
        try await withArchive { archive in
            let whole = try Data(contentsOf: URL(fileURLWithPath: archive))
            try (whole + Data("x".utf8)).write(to: URL(fileURLWithPath: archive))
            #expect(try await Self.refusal(archive)?.code == .invalid)
        }
    }

    @Test func refusesWhatIsNoArchive() async throws {
        try await withTemporaryFolder { folder in
            try Data("{\"a\": 1}\n".utf8).write(to: URL(fileURLWithPath: folder + "/a"))
            let refused = try await Self.refusal(folder + "/a")
            #expect(refused?.detail.contains("is no archive") == true)
            #expect(try await Self.refusal(folder + "/none")?.code == .notFound)
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func refusesAPlaceInUse(kind: TestDatabase.Kind) async throws {
        try await withArchive { archive in
            try await withDatabases(kind, .archived) { databases in
                let refused = await HigoTesting.refusal {
                    try await Restore(databases, .archived).read(.test(), from: archive)
                }
                #expect(refused?.code == .conflict)
            }
        }
    }

    @Test func refusesAnArchiveOfANewerProgram() async throws {
        try await withArchive { archive in
            try await withEmptyDatabases(.sqlite) { databases in
                let refused = await HigoTesting.refusal {
                    try await Restore(databases, []).read(.test(), from: archive)
                }
                #expect(refused?.detail.contains("newer program") == true)
            }
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func refusesToServeAHalfOfAnArchive(kind: TestDatabase.Kind) async throws {
        try await withArchive { archive in
            try ArchivedThings.writeBroken(to: archive + "-broken", like: archive)
            try await withEmptyDatabases(kind) { databases in
                let restore = await HigoTesting.refusal {
                    try await Restore(databases, .archived).read(.test(), from: archive + "-broken")
                }
                #expect(restore?.code == .invalid)
                let serve = await HigoTesting.refusal { try await databases.pendingMigrations(.archived) }
                #expect(serve?.detail.contains("did not end") == true)
                let migrate = await HigoTesting.refusal { try await databases.migrate(.archived) }
                #expect(migrate?.detail.contains("did not end") == true)
            }
        }
    }

    @Test func refusesToWriteOverAFile() async throws {
        try await withArchive { archive in
            try await withDatabases(.sqlite, .archived) { databases in
                let refused = await HigoTesting.refusal {
                    try await Backup(databases, .archived).write(.test(), to: archive)
                }
                #expect(refused?.code == .alreadyExists)
                #expect(!FileManager.default.fileExists(atPath: archive + ".part"))
            }
        }
    }

    private static func refusal(_ archive: String) async throws -> Refusal? {
        try await withEmptyDatabases(.sqlite) { databases in
            await HigoTesting.refusal { try await Restore(databases, .archived).read(.test(), from: archive) }
        }
    }
}
