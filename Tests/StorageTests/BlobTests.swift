import Foundation
import HigoTesting
import Storage
import Testing

@Suite struct BlobTests {
    @Test func keepsBytesUnderTheirDigest() async throws {
        try await withDatabases { databases in
            let folder = try #require(databases.folder)
            let blobs = Blobs(folder: folder, database: databases.main)
            let pieces = AsyncThrowingStream<[UInt8], any Error> { stream in
                for piece in ["a", "b", "c"] { stream.yield(Array(piece.utf8)) }
                stream.finish()
            }
            let blob = try await blobs.put(.test(), mediaType: "text/plain", pieces)
            let digest = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
            #expect(blob == BlobRef(sha256: digest, size: 3, mediaType: "text/plain"))
            let found = try await blobs.find(.test(), sha256: digest)
            #expect(found == blob)
            let foreign = try await blobs.find(.test(tenant: "431001"), sha256: digest)
            #expect(foreign == nil)
            var read: [UInt8] = []
            for try await piece in try blobs.open(blob, chunk: 2) { read += piece }
            #expect(read == Array("abc".utf8))
            let files = try FileManager.default.subpathsOfDirectory(atPath: folder + "/blobs").sorted()
            #expect(files == ["ba", "ba/\(digest)"])
        }
    }

    @Test func leavesNothingOfAFileThatIsTooLarge() async throws {
        try await withDatabases { databases in
            let folder = try #require(databases.folder)
            let blobs = Blobs(folder: folder, database: databases.main)
            let endless = AsyncThrowingStream<[UInt8], any Error> { [UInt8](repeating: 0, count: 1_000) }
            await #expect {
                try await blobs.put(.test(), mediaType: "text/plain", limit: 5_000, endless)
            } throws: { ($0 as? Refusal)?.code == .tooLarge }
            let files = try FileManager.default.subpathsOfDirectory(atPath: folder + "/blobs")
            #expect(files == [])
        }
    }
}
