import Foundation
import JSON
import Plan
import Testing

@Suite struct PlanDocumentTests {
    @Test func holdsTheWholePlan() throws {
        let document = try PlanDocument.load(dataFolder: PlanFixture.dataFolder)
        #expect(document.title == "熊本県デジタル化推進計画（案）")
        #expect(document.kpis.count == 53)
        #expect(document.kpis.count { $0.repeatOf == nil } == 49)
        #expect(document.measures.count == 169)
        #expect(document.measures.count { $0.repeatOf == nil } == 153)
        #expect(document.glossary.count == 39)
        #expect(document.parts.map(\.sections.count) == [3, 4, 4])
        #expect(document.parts.flatMap(\.sections).map(\.key).first == "1-1")
    }

    @Test func keepsDigitsAndUnstatedValues() throws {
        let service = try PlanFixture.service()
        let fibre = try #require(service.kpi("KPI-3-1-01"))
        #expect(fibre.baseline.value?.digits == "98.45")
        #expect((fibre.target.year.printed, fibre.target.year.year) == ("R9", 2027))
        #expect(try #require(service.kpi("KPI-3-1-06")).baseline.value == nil)
        #expect(try #require(service.kpi("KPI-2-4-01")).breakdown.map(\.label) == ["小学校", "中学校", "県立高校"])
    }

    @Test func findsWhatStandsBesideAnIndicator() throws {
        let service = try PlanFixture.service()
        let shared = try #require(service.kpi("KPI-1-1-07"))
        #expect(service.repeats(of: shared).map(\.id) == ["KPI-2-1-01"])
        #expect(service.measures(beside: shared).count == 22)
        #expect(service.measures(beside: try #require(service.kpi("VIS-1-01"))).count == 61)
        #expect(service.section("2-(3)") == service.section("2-3"))
        #expect(service.headline.count == 7)
        #expect(service.municipalKPIs.count == 7)
    }

    @Test(arguments: [
        (
            "kpis.json", #""section":"1-(1)""#, #""section":"9-(9)""#,
            "KPI-1-1-01: The section '9-(9)' is not in structure.json."
        ),
        ("kpis.json", #""unit":"件""#, #""unit":5"#, "KPI-1-1-01: 'unit' must be a string."),
        ("kpis.json", #""kind":"vision""#, #""kind":"dream""#, "VIS-1-01: 'kind' is not a known word."),
        ("glossary.json", #"{"id":"G-39""#, #"1,{"id":"G-39""#, "Entry 39 must be an object."),
        (
            "measures.json", #""repeatOf":"1-1-1-01""#, #""repeatOf":"0""#,
            "1-2-1-01: It repeats '0', which is not there."
        ),
        ("structure.json", #""kpisTotal":53"#, #""kpisTotal":54"#, "entry 1: 'kpisTotal' is 54, but there are 53."),
        ("measures.json", "[", "", "line 1, column"),
    ])
    func refusesBrokenData(_ file: String, _ text: String, _ replacement: String, _ reason: String) throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("plan-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try FileManager.default.copyItem(
            atPath: PlanFixture.dataFolder + "/plan", toPath: folder.appendingPathComponent("plan").path)
        let path = folder.appendingPathComponent("plan/\(file)")
        let original = try JSON(parsing: [UInt8](Data(contentsOf: path))).description
        let range = try #require(original.range(of: text))
        try original.replacingCharacters(in: range, with: replacement).write(
            to: path, atomically: true, encoding: .utf8)
        let error = #expect(throws: PlanDataError.self) { try PlanDocument.load(dataFolder: folder.path) }
        #expect(error?.file == file)
        #expect(error?.reason.hasPrefix(reason) == true, "\(error?.reason ?? "")")
    }

    @Test func namesAMissingFile() {
        let error = #expect(throws: PlanDataError.self) { try PlanDocument.load(dataFolder: "nowhere") }
        #expect(error?.description.contains("structure.json") == true)
    }
}
