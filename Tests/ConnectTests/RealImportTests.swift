import Connect
import Entities
import Foundation
import HigoTesting
import JSON
import Storage
import Testing

/// Every real table and feed, linked on a fresh database: what it becomes, its rows, and what is put aside. A file that is
/// refused states its reason.
@Suite(.enabled(if: hasRealFiles)) struct RealImportTests {
    /// Files of `expected` whose path begins so.
    private static func files(_ folder: String) -> [RealRecognitionTests.Expected] {
        RealRecognitionTests.expected.filter { $0.path.hasPrefix(folder) }
    }

    private func link(
        _ service: ImportService, _ file: RealRecognitionTests.Expected
    ) async throws -> ImportReport {
        try await service.importFile(.test(), path: "\(realFolder)/\(file.path)", options: ImportOptions())
    }

    private func expect(_ report: ImportReport, _ file: RealRecognitionTests.Expected) {
        #expect(report.state == .applied, "\(file.path): \(report.refusal ?? "")")
        #expect(report.kind == file.kind, "\(file.path)")
        #expect(report.type ?? "" == file.type, "\(file.path)")
        #expect(report.tally == [file.rows, file.rows - file.quarantined, 0, 0, file.quarantined], "\(file.path)")
        #expect(report.reasons.map(\.count).reduce(0, +) == file.quarantined, "\(file.path)")
    }

    @Test func linksAllOpenDataTables() async throws {
        let files = Self.files("opendata/")
        #expect(files.count == 43)
        try await withImports { service, databases in
            for file in files { expect(try await link(service, file), file) }
            #expect(databases.main.statistics.lateRefusals == 0)
            let tables = files.filter { $0.kind == "table" }
            #expect(tables.count == 5)
            for type in Set(files.map(\.type)).subtracting([""]) {
                let rows = files.filter { $0.type == type }.map { $0.rows - $0.quarantined }.reduce(0, +)
                #expect(try await service.count(type: type) == rows, "\(type)")
            }
        }
    }

    @Test(arguments: ["timeseries/", "gtfs/", "disaster/"]) func linksAllOtherFiles(folder: String) async throws {
        try await withImports { service, _ in
            for file in Self.files(folder) {
                let report = try await link(service, file)
                #expect(report.state == .applied, "\(file.path): \(report.refusal ?? "")")
                #expect(report.kind == file.kind, "\(file.path)")
                #expect(report.rows == file.rows, "\(file.path)")
                #expect(report.quarantined == file.quarantined, "\(file.path)")
                let done = report.linked + report.updated + report.unchanged
                #expect(done == file.rows - file.quarantined, "\(file.path)")
            }
        }
    }

    @Test func keepsTheKindOfFireFightingWaterUnderANameThatMayStand() async throws {
        let (_, gathered) = try await check(path: "\(realFolder)/opendata/222127_fire_hydrant.csv")
        let row = try #require(gathered.entities.first)
        #expect(row.value("waterSourceKind") == "防火水そう")
        #expect(row.attributes["type"] == nil)
    }

    @Test(arguments: ["種別", "type"]) func knowsARenamedItemByItsFormerHeaders(header: String) async throws {
        let text = "ID,\(header),緯度,経度,口径\n1,消火栓,32.8,130.7,150\n"
        let (outcome, gathered) = try await check(text, name: "431001_fire_hydrant.csv")
        #expect(outcome.report.type == "FireHydrant")
        #expect(gathered.entities.first?.value("waterSourceKind") == "消火栓")
    }

    @Test func noModelGivesAnAttributeAReservedName() throws {
        let catalogue = try ModelCatalogue(folder: "\(dataFolder)/models")
        var names: [String] = []
        for model in catalogue.models {
            names += model.items.map(\.name)
            if let into = model.collection?.into { names.append(into) }
        }
        for series in catalogue.series { names += series.values.map(\.name) }
        for shape in catalogue.shapes { names += shape.properties.keys }
        #expect(names.filter { !EntityChecker.mayBeAttribute($0) } == [])
    }
}
