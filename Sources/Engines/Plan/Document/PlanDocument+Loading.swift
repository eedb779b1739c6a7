import Foundation
import JSON

extension PlanDocument {
    /// Reads and checks the plan from the folder `plan` of the project's data folder.
    public static func load(dataFolder: String) throws(PlanDataError) -> PlanDocument {
        let structure = try PlanRecord(file("structure.json", in: dataFolder), file: "structure.json")
        let plan = try structure.record("plan")
        let document = PlanDocument(
            title: try plan.string("title"), publisher: try plan.string("publisher"),
            period: try period(plan.record("period")), parts: try parts(of: structure),
            kpis: try kpis(in: dataFolder),
            measures: try all("measures.json", in: dataFolder).map(Measure.init(record:)),
            glossary: try all("glossary.json", in: dataFolder).map(GlossaryTerm.init(record:)))
        try document.check(counts: structure.record("counts"))
        return document
    }

    private static func kpis(in dataFolder: String) throws(PlanDataError) -> [KPI] {
        var sources: [String: PlanRecord] = [:]
        for source in try all("kpi-sources.json", in: dataFolder) { sources[try source.string("kpi")] = source }
        var kpis: [KPI] = []
        for record in try all("kpis.json", in: dataFolder) {
            let id = try record.string("id")
            guard let source = sources[id] else { throw record.fault("kpi-sources.json does not tell its source.") }
            kpis.append(try KPI(record: record, source: source))
        }
        return kpis
    }

    private static func parts(of structure: PlanRecord) throws(PlanDataError) -> [PlanPart] {
        guard let chapter = try structure.records("chapters").first(where: { $0.has("parts") }) else {
            throw structure.fault("No chapter has parts.")
        }
        return try chapter.records("parts").map(PlanPart.init(record:))
    }

    private static func period(_ record: PlanRecord) throws(PlanDataError) -> Period {
        Period(
            first: PlanYear(printed: try record.string("from"), year: try record.int("fromAD")),
            last: PlanYear(printed: try record.string("to"), year: try record.int("toAD")))
    }

    private static func all(_ name: String, in dataFolder: String) throws(PlanDataError) -> [PlanRecord] {
        guard let values = try file(name, in: dataFolder).arrayValue else {
            throw PlanDataError(file: name, reason: "It must be an array.")
        }
        return try PlanRecord.all(values, file: name)
    }

    private static func file(_ name: String, in dataFolder: String) throws(PlanDataError) -> JSON {
        guard let bytes = FileManager.default.contents(atPath: "\(dataFolder)/plan/\(name)") else {
            throw PlanDataError(file: name, reason: "It is not in the folder 'plan' of the data folder.")
        }
        do throws(JSONError) {
            return try JSON(parsing: [UInt8](bytes))
        } catch {
            throw PlanDataError(file: name, reason: error.description)
        }
    }
}
