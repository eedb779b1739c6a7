import Connect
import Foundation
import HigoTesting
import Storage
import Testing

@Suite struct ImportLimitTests {
    private let text = ImportFlowTests.aed((1...25).map { "431001,\($0),所\($0),x,32.8,130.7,y" })

    @Test func refusesFilesThatAreTooLarge() async throws {
        try await withImports(limits: ImportLimits(fileBytes: 500)) { service, _ in
            let report = try await service.importText(text, name: "431001_aed.csv")
            #expect(report.state == .refused)
            #expect(report.refusal?.hasPrefix("A file may have at most 500 bytes") == true)
            #expect(try await service.count(type: "AED") == 0)
        }
    }

    @Test(.enabled(if: hasRealFiles)) func measuresArchivesUnpacked() async throws {
        let path = "\(realFolder)/gtfs/kumamotodentetsu.gtfs.zip"
        let size = try FileIdentity(path: path).size
        try await withImports(limits: ImportLimits(fileBytes: Int(size) + 100)) { service, _ in
            let report = try await service.importFile(.test(), path: path, options: ImportOptions())
            #expect(report.state == .refused)
        }
    }

    @Test(arguments: [(1, 25), (10, 3), (25, 1), (1_000, 1)])
    func appliesAsManyRowsAtOnceAsIsSet(rows: Int, chunks: Int) async throws {
        try await withImports(limits: ImportLimits(chunkRows: rows)) { service, _ in
            let report = try await service.importText(text, name: "431001_aed.csv")
            let record = try #require(try await service.store.get(.test(), id: report.importID ?? ""))
            #expect(record.chunks == chunks)
            #expect(record.applied == chunks)
            #expect(try await service.count(type: "AED") == 25)
        }
    }

    @Test func refusesCellsThatAreTooLong() async throws {
        let long = ImportFlowTests.aed([
            "431001,1,\(String(repeating: "a", count: 2_000)),x,32.8,130.7,y", "431001,2,b,x,32.8,130.7,y",
        ])
        let sound = try await check(
            path: try write(long), limits: ImportLimits(cellBytes: 4_096))
        #expect(sound.0.report.quarantined == 0)
        let path = try write(long)
        let refusal = await #expect(throws: Refusal.self) {
            try await check(path: path, limits: ImportLimits(cellBytes: 1_024))
        }
        #expect(refusal?.detail.contains("1024") == true)
    }

    private func write(_ text: String) throws -> String {
        let folder = FileManager.default.temporaryDirectory.appending(path: "higo-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let path = folder.appending(path: "431001_aed.csv").path
        try Data(text.utf8).write(to: URL(filePath: path))
        return path
    }
}
