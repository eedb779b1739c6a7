import CZip
import Foundation
import Tabular
import Testing

@Suite struct ZipTests {
    private static func archive(_ entries: [(String, [UInt8])]) throws -> String {
        let path = FileManager.default.temporaryDirectory.appending(path: "higo-\(UUID().uuidString).zip").path
        var code: CInt = 0
        let archive = try #require(zip_open(path, ZIP_CREATE, &code))
        for (name, bytes) in entries {
            let copy = try #require(malloc(max(bytes.count, 1)))
            copy.copyMemory(from: bytes, byteCount: bytes.count)
            let source = zip_source_buffer(archive, copy, UInt64(bytes.count), 1)
            #expect(zip_file_add(archive, name, source, UInt32(ZIP_FL_ENC_UTF_8)) >= 0)
        }
        #expect(zip_close(archive) == 0)
        return path
    }

    private static func open(_ entries: [(String, [UInt8])], limits: ZipLimits = .init()) throws -> ZipArchive {
        let path = try archive(entries)
        defer { try? FileManager.default.removeItem(atPath: path) }
        return try ZipArchive(path: path, limits: limits)
    }

    @Test func readsATableInsideAFolder() throws {
        let archive = try ZipTests.open([("feed/stops.txt", Array("stop_id,stop_name\nA,駅\n".utf8))])
        let entry = try #require(archive.entry(named: "stops.txt"))
        #expect(try all(try TableReader(try archive.open(entry))) == [["stop_id", "stop_name"], ["A", "駅"]])
        #expect(archive.entry(named: "routes.txt") == nil)
    }

    @Test(arguments: ["../x.txt", "/etc/x", "a/../../b", "..\\x", "C:\\x"]) func refusesNamesOutside(name: String) {
        #expect(throws: TabularError.unsafeEntryName(name)) { try ZipTests.open([(name, [1])]) }
    }

    @Test func refusesBombs() {
        let zeros = [UInt8](repeating: 0, count: 4 << 20)
        #expect(throws: TabularError.suspiciousRatio(name: "a", limit: 200)) { try ZipTests.open([("a", zeros)]) }
        #expect(throws: TabularError.archiveTooLarge(limit: 100)) {
            try ZipTests.open([("a", [UInt8](repeating: 65, count: 101))], limits: ZipLimits(totalBytes: 100))
        }
        #expect(throws: TabularError.tooManyEntries(limit: 1)) {
            try ZipTests.open([("a", [1]), ("b", [1])], limits: ZipLimits(entries: 1))
        }
    }

    @Test func refusesWhatIsNoArchive() throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "higo-\(UUID().uuidString).zip").path
        try "no archive".write(toFile: path, atomically: true, encoding: .utf8)
        defer { try? FileManager.default.removeItem(atPath: path) }
        #expect(throws: TabularError.self) { try ZipArchive(path: path) }
        #expect(throws: TabularError.self) { try TableReader(path: FileManager.default.temporaryDirectory.path) }
    }

    @Test(.enabled(if: FileManager.default.fileExists(atPath: "\(RealFileTests.folder)/gtfs")))
    func readsRealFeeds() throws {
        let expected = [
            "toshibus": 819, "dentetsubus": 618, "kumabus": 579, "kumamotoshiden": 69, "kumamotodentetsu": 18,
        ]
        for (feed, stops) in expected {
            let archive = try ZipArchive(path: "\(RealFileTests.folder)/gtfs/\(feed).gtfs.zip")
            let entry = try #require(archive.entry(named: "stops.txt"))
            let reader = try TableReader(try archive.open(entry))
            while let row = try reader.next() { #expect(row.defect == nil) }
            #expect(reader.rowCount == stops)
        }
    }
}
