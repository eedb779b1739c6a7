import Connect
import Entities
import Foundation
import HigoTesting
import JSON
import Storage
import Tabular
import Testing
import Web

@Suite struct ImportFlowTests {
    static func aed(_ rows: [String]) -> String {
        "市区町村コード,NO,名称,住所,緯度,経度,設置位置\n" + rows.map { $0 + "\n" }.joined()
    }

    static let two = aed(["431001,1,本庁舎,熊本市,32.8,130.7,1階", "431001,2,駅,熊本市,32.79,130.69,改札"])

    @Test(arguments: TestDatabase.kinds) func linksAFileOnceAndThenChangesNothing(kind: TestDatabase.Kind) async throws
    {
        try await withImports(kind) { service, databases in
            let first = try await service.importText(Self.two, name: "431001_aed.csv")
            #expect(first.state == .applied)
            #expect(first.tally == [2, 2, 0, 0, 0])
            let entity = try await service.entities.get(.anyone, id: "urn:ngsi-ld:AED:431001:1")
            #expect(entity?.provenance.file == "431001_aed.csv")
            #expect(entity?.provenance.line == 2)
            #expect(entity?.municipality == "431001")
            #expect(entity?.visibility == .public)
            let again = try await service.importText(Self.two, name: "431001_aed.csv")
            #expect(again.state == .unchanged)
            #expect(again.tally == [2, 0, 0, 2, 0])
            let bodies = databases.main.statistics.lateRefusals
            #expect(bodies == 0)
        }
    }

    @Test(arguments: TestDatabase.kinds) func writesOnlyRowsThatChanged(kind: TestDatabase.Kind) async throws {
        try await withImports(kind) { service, _ in
            _ = try await service.importText(Self.two, name: "431001_aed.csv")
            let rows = [
                "431001,1,本庁舎,熊本市,32.8,130.7,2階", "431001,2,駅,熊本市,32.79,130.69,改札", "431001,3,公園,熊本市,32.7,130.6,門",
            ]
            let report = try await service.importText(Self.aed(rows), name: "431001_aed.csv")
            #expect(report.tally == [3, 1, 1, 1, 0])
            let unchanged = try await service.entities.get(.anyone, id: "urn:ngsi-ld:AED:431001:2")
            #expect(unchanged?.version == 1)
        }
    }

    @Test(arguments: TestDatabase.kinds) func aRefusedFileChangesNothing(kind: TestDatabase.Kind) async throws {
        try await withImports(kind) { service, databases in
            let bad = Self.aed((1...1_500).map { "431001,\($0),,x,32.8,130.7,y" })
            let report = try await service.importText(bad, name: "431001_aed.csv")
            #expect(report.state == .refused)
            #expect(report.refusal?.contains("refused as a whole") == true)
            let left = try await databases.main.query(.test()) { reader throws(Refusal) in
                try ["connect_staging", "connect_quarantine", "connect_rows", "entities"].map { table throws(Refusal) in
                    try reader.count("SELECT COUNT(*) FROM \(table)")
                }
            }
            #expect(left == [0, 0, 0, 0])
        }
    }

    @Test(arguments: TestDatabase.kinds) func goesOnAfterACrash(kind: TestDatabase.Kind) async throws {
        try await withImports(kind) { service, databases in
            let context = OperationContext.test()
            let text = Self.aed((1...2_500).map { "431001,\($0),所\($0),x,32.8,130.7,y" })
            let record = try await service.stageOnly(context, text, name: "431001_aed.csv")
            let applier = ChunkApplier(
                database: databases.main, tables: service.tables, entities: service.entities, record: record,
                series: nil)
            #expect(try await applier.apply(context, chunk: 1).created == 1_000)
            #expect(try await applier.apply(context, chunk: 1) == ChunkApplier.Counts())
            let reports = try await service.resume(context)
            #expect(reports.map(\.state) == [.applied])
            #expect(try await service.count(type: "AED") == 2_500)
            #expect(try await service.resume(context).isEmpty)
        }
    }

    @Test(arguments: TestDatabase.kinds) func takesAnImportBack(kind: TestDatabase.Kind) async throws {
        try await withImports(kind) { service, _ in
            let first = try await service.importText(Self.two, name: "431001_aed.csv")
            let rows = ["431001,1,本庁舎,熊本市,32.8,130.7,2階", "431001,3,公園,熊本市,32.7,130.6,門"]
            let second = try await service.importText(Self.aed(rows), name: "431001_aed.csv")
            await #expect(throws: Refusal.self) {
                try await service.undo(.test(), importID: first.importID ?? "")
            }
            try await service.undo(.test(), importID: second.importID ?? "")
            let entity = try await service.entities.get(.anyone, id: "urn:ngsi-ld:AED:431001:1")
            let place = try entity.map { try JSON(parsing: $0.document)["installationLocation"]?["value"] }
            #expect(place == "1階")
            #expect(try await service.count(type: "AED") == 2)
            try await service.undo(.test(), importID: first.importID ?? "")
            #expect(try await service.count(type: "AED") == 0)
        }
    }

    @Test(arguments: TestDatabase.kinds) func keepsRowsThatCannotBeRead(kind: TestDatabase.Kind) async throws {
        try await withImports(kind) { service, _ in
            let text = Self.two + "431001,3,,熊本市,32.8,130.7,門\n431001,4\n"
            let report = try await service.importText(text, name: "431001_aed.csv")
            #expect(report.tally == [4, 2, 0, 0, 2])
            let record = try #require(try await service.store.get(.test(), id: report.importID ?? ""))
            let rows = try await service.store.quarantine(.test(), record, after: -1, limit: 10)
            #expect(rows.map(\.original) == ["431001,3,,熊本市,32.8,130.7,門", "431001,4"])
        }
    }

    @Test(arguments: TestDatabase.kinds) func makesATableOfAnUnknownFile(kind: TestDatabase.Kind) async throws {
        try await withImports(kind) { service, databases in
            let report = try await service.importText("品名,数量\nいきなり団子,12\n辛子蓮根,3.50\n", name: "sweets.csv")
            #expect(report.kind == "table")
            #expect(report.type == nil)
            let tables = service.tables
            let table = try #require(try await tables.get(.test(), importID: report.importID ?? ""))
            let page = try await tables.rows(.test(), table, limit: 10, offset: 0)
            #expect(page.rows.map(\.cells) == [["いきなり団子", 12], ["辛子蓮根", .number("3.50")]])
            let search = TableSearch(database: databases.datastore)
            #expect(try await search.find(.test(), "蓮根", limit: 5).hits.map(\.title) == ["辛子蓮根"])
            #expect(try await search.find(.anyone, "蓮根", limit: 5).total == 0)
        }
    }

    @Test(arguments: TestDatabase.kinds) func aNewerFileReplacesItsTableAsAWhole(kind: TestDatabase.Kind) async throws {
        try await withImports(kind) { service, databases in
            let first = try await service.importText("品名,数量\nいきなり団子,12\n辛子蓮根,3\n", name: "sweets.csv")
            let second = try await service.importText("品名,数量\n太平燕,1\n", name: "sweets.csv")
            let search = TableSearch(database: databases.datastore)
            #expect(try await search.find(.test(), "蓮根", limit: 5).total == 0)
            #expect(try await search.find(.test(), "太平燕", limit: 5).total == 1)
            await #expect(throws: Refusal.self) { try await service.undo(.test(), importID: first.importID ?? "") }
            try await service.undo(.test(), importID: second.importID ?? "")
            #expect(try await search.find(.test(), "蓮根", limit: 5).total == 1)
            #expect(try await search.find(.test(), "太平燕", limit: 5).total == 0)
        }
    }

    @Test(arguments: TestDatabase.kinds) func aTablesChunkComesInOnceWhateverIsRepeated(kind: TestDatabase.Kind)
        async throws
    {
        try await withImports(kind) { service, databases in
            let context = OperationContext.test()
            let text = "品名,数量\n" + (1...2_500).map { "菓子\($0),\($0)\n" }.joined()
            let record = try await service.stageOnly(context, text, name: "sweets.csv")
            let rows = (1...1_000).map {
                StagedRow.cells(number: $0, line: $0 + 1, cells: [.string("菓子\($0)"), .int(Int64($0))])
            }
            // As a crash leaves it: the chunk is in the one database and not counted in the other.
            try await service.tables.append(context, record, chunk: 1, rows)
            let table = try #require(try await service.tables.get(context, importID: record.id))
            #expect(try await service.tables.rows(context, table, limit: 1, offset: 0).total == 1_000)
            #expect(try await TableSearch(database: databases.datastore).find(context, "菓子1", limit: 1).total == 0)
            #expect(try await service.resume(context).map(\.state) == [.applied])
            #expect(try await service.tables.rows(context, table, limit: 1, offset: 0).total == 2_500)
        }
    }

    @Test(arguments: TestDatabase.kinds) func filesThatNumberTheirRowsAlikeKeepThemApart(kind: TestDatabase.Kind)
        async throws
    {
        try await withImports(kind) { service, _ in
            _ = try await service.importText(Self.two, name: "431001_aed.csv")
            for round in 0..<2 {
                let rows = ["431001,1,支所,熊本市,32.8,130.7,\(round)階", "431001,3,公園,熊本市,32.7,130.6,門"]
                let report = try await service.importText(Self.aed(rows), name: "431001_aed_north.csv")
                #expect(report.tally == (round == 0 ? [2, 2, 0, 0, 0] : [2, 0, 1, 1, 0]))
            }
            #expect(try await service.count(type: "AED") == 4)
            #expect(
                try await service.entities.get(.anyone, id: "urn:ngsi-ld:AED:431001:1~431001_aed_north")?.provenance
                    .line
                    == 2)
        }
    }

    @Test(arguments: TestDatabase.kinds) func appendsMeasurementsToTheHistoryOfSensors(kind: TestDatabase.Kind)
        async throws
    {
        try await withImports(kind) { service, _ in
            let rows = (0..<1_200).map {
                "2026-07-27T\(10 + $0 / 60 % 10):\(10 + $0 % 50)+09:00,\($0).50,\($0 % 3 + 1)"
            }
            let text = "日時,河川水位,id\n" + rows.joined(separator: "\n")
            let report = try await service.importText(text, name: "river.csv")
            #expect(report.kind == "series")
            #expect(report.rows == 1_200)
            #expect(try await service.count(type: "FloodMonitoring") == 3)
            let history = try await service.entities.history(
                .test(), id: "urn:ngsi-ld:FloodMonitoring:430005:1", attribute: "currentLevel", limit: 2)
            #expect(history.count == 2)
        }
    }

    @Test func needsThePermission() async throws {
        try await withImports { service, _ in
            await #expect(throws: Refusal.self) {
                try await service.importText(Self.two, name: "431001_aed.csv", context: .anyone)
            }
        }
    }
}

extension OperationContext {
    static var anyone: OperationContext { .test(actor: .anonymous) }
}

extension ImportService {
    /// Stages a file whole, as if the process had died right then.
    func stageOnly(_ context: OperationContext, _ text: String, name: String) async throws -> ImportRecord {
        let folder = FileManager.default.temporaryDirectory.appending(path: "higo-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appending(path: name).path
        try Data(text.utf8).write(to: URL(filePath: path))
        let identity = try FileIdentity(path: path)
        let terms = sources.terms(ofFile: name)
        let draft = ImportDraft(
            id: ImportID.make(at: context.now), tenant: .prefecture, path: path, identity: identity,
            digest: try FileIdentity.digest(path: path), catalogue: "", terms: terms,
            report: ImportReport(file: name, terms: terms, state: .checked))
        try await store.begin(context, draft)
        let recogniser = FileRecogniser(catalogue: catalogue, places: .empty, limits: .init())
        let outcome = try await FileCheck(recogniser: recogniser, options: ImportOptions()).run(
            path: path, identity: identity, terms: terms,
            onChunk: { chunk throws(Refusal) in try await store.stage(context, draft, chunk) },
            onQuarantine: { _ in }, progress: { _ in })
        try await store.startApplying(context, draft, outcome)
        return try await store.get(context, id: draft.id).map { $0 } ?? { throw Refusal(.notFound, "") }()
    }
}
