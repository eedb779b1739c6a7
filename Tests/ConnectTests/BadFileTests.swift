import Connect
import Foundation
import JSON
import Storage
import Testing

@Suite struct BadFileTests {
    private func refusal(_ bytes: [UInt8], name: String, options: ImportOptions = ImportOptions()) async -> Refusal? {
        do {
            _ = try await check(bytes: bytes, name: name, options: options)
            return nil
        } catch {
            return error as? Refusal
        }
    }

    @Test(arguments: [
        ("empty.csv", ""), ("header.csv", "名称,緯度,経度\n"), ("a.geojson", "{"), ("b.geojson", "[]"),
        ("c.geojson", #"{"type":"FeatureCollection","features":[]}"#), ("d.zip", "no archive"),
    ])
    func refusesWhatHoldsNoRows(name: String, text: String) async {
        #expect(await refusal(Array(text.utf8), name: name)?.code == .invalid)
    }

    @Test func refusesFilesThatAreMostlyUnreadable() async {
        let text = "名称,設置位置,緯度,経度\n" + (0..<10).map { ",\($0),32.8,130.7\n" }.joined() + "a,b,32.8,130.7\n"
        #expect(await refusal(Array(text.utf8), name: "aed.csv")?.detail.contains("cannot be read") == true)
    }

    @Test func refusesPersonalData() async {
        let text = "氏,名,生年月日,氏名\n熊本,太郎,2000-01-01,熊本太郎\n"
        #expect(await refusal(Array(text.utf8), name: "people.csv")?.code == .forbidden)
    }

    @Test func refusesUnknownModelsAndModelsThatDoNotFit() async {
        let bytes = Array("a,b\n1,2\n".utf8)
        #expect(await refusal(bytes, name: "x.csv", options: ImportOptions(model: "Nothing"))?.code == .invalid)
        #expect(await refusal(bytes, name: "x.csv", options: ImportOptions(model: "AED"))?.code == .invalid)
    }

    @Test func reportsFeaturesThatAreNoMunicipalities() async throws {
        let square = #"{"type":"Polygon","coordinates":[[[130,32],[131,32],[131,33],[130,32]]]}"#
        let features = ["431001", "431009"].map {
            #"{"type":"Feature","properties":{"code6":"\#($0)","name":"x"},"geometry":\#(square)}"#
        }
        let text = #"{"type":"FeatureCollection","features":["# + features.joined(separator: ",") + "]}"
        let (outcome, gathered) = try await check(text, name: "areas.geojson")
        #expect(outcome.report.quarantined == 1)
        #expect(gathered.entities.map(\.id) == ["urn:ngsi-ld:AdministrativeArea:431001:431001"])
    }

    @Test func validatesWithoutADatabase() async throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "higo-\(UUID().uuidString).csv").path
        try "a,b\nx,2\ny,3\n".write(toFile: path, atomically: true, encoding: .utf8)
        defer { try? FileManager.default.removeItem(atPath: path) }
        let report = try await ImportService.validate(path: path, options: ImportOptions(), dataFolder: dataFolder)
        #expect(report.state == .checked)
        #expect(report.kind == "table")
        #expect(report.columns.map(\.type) == ["text", "integer"])
        #expect(ImportReport(json: report.json)?.json == report.json)
    }

    @Test(arguments: 0..<60) func neverCrashesOnDamagedFiles(seed: Int) async {
        var state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 | 1
        func random(_ limit: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % limit
        }
        var bytes = Array((MappingTests.header + "431001,1,本庁舎,熊本市,32.8,130.7,1階,有,,課\n431001,2,a,b,32,130,,,,\n").utf8)
        for _ in 0..<(1 + random(12)) { bytes[random(bytes.count)] = UInt8(random(256)) }
        for name in ["431001_aed.csv", "x.geojson", "x.zip"] { _ = await refusal(bytes, name: name) }
    }
}
