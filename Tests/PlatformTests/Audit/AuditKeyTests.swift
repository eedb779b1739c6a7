import Foundation
import HigoTesting
import Platform
import Storage
import Testing

@Suite struct AuditKeyTests {
    @Test func makesAFileThatOnlyItsOwnerReadsAndReadsItBack() async throws {
        try await withTemporaryFolder { folder in
            let path = folder + "/audit.key"
            _ = try AuditKey(file: path)
            let first = FileManager.default.contents(atPath: path)
            let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
            #expect(mode == 0o600)
            _ = try AuditKey(file: path)
            #expect(FileManager.default.contents(atPath: path) == first)
        }
    }

    @Test func refusesAFileThatIsNoKeyAndLeavesItAlone() async throws {
        try await withTemporaryFolder { folder in
            let path = folder + "/audit.key"
            let contents = Data("not a key".utf8)
            try contents.write(to: URL(fileURLWithPath: path))
            #expect(throws: Refusal.self) { try AuditKey(file: path) }
            #expect(FileManager.default.contents(atPath: path) == contents)
        }
    }
}
