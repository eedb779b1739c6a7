import HTTPTypes
import JSON
import Storage
import Web

/// The plan's addresses. All are open, cost nothing but memory, and answer as pages or JSON.
package struct PlanRoutes: Sendable {
    let plan: PlanService
    let kit: PageKit

    package init(plan: PlanService, kit: PageKit) {
        self.plan = plan
        self.kit = kit
    }

    package func add(to table: inout RouteTable) {
        table.add(page("/plan", "The whole plan: indicators by chapter and section") { try overview($0) })
        table.add(
            page(
                "/plan/kpis/{id}", "One indicator with its straight path and the measures of its section",
                parameters: [Parameter("id", in: .path, "Such as KPI-1-1-01", schema: .text, required: true)],
                answers: [
                    200: "The indicator.", 308: "A reprint: moved to the original.", 404: "There is none of this id.",
                ]
            ) { try kpi($0) })
        table.add(
            page(
                "/plan/measures", "The measures of the plan, by section and group",
                parameters: [
                    Parameter("section", "Only those of this section, such as 1-2", schema: .choice(sectionKeys)),
                    Parameter("q", "Only those that hold these words", schema: .text),
                ]
            ) { try measures($0) })
        table.add(page("/plan/glossary", "The terms that the plan explains") { try glossary($0) })
        table.add(
            page(
                "/plan/search", "Indicators, measures and terms that hold words",
                parameters: [Parameter("q", "Words, of any length", schema: .text)]
            ) { try search($0) })
    }

    private var sectionKeys: [String] { plan.document.parts.flatMap(\.sections).map(\.key) }

    private func page(
        _ template: String, _ summary: String, parameters: [Parameter] = [],
        answers: [Int: String] = [200: "The page."],
        _ handler: @escaping @Sendable (Call) throws -> Answer
    ) -> Route {
        Route(
            .get, template, access: .open, cost: .point,
            operation: Operation(
                summary, tag: "plan", parameters: parameters, answers: answers,
                produces: ["text/html", "application/json"])
        ) { try handler($0) }
    }
}

extension PlanRoutes {
    private func overview(_ call: Call) throws(Refusal) -> Answer {
        kit.answer(call, OverviewPage(plan: plan, kit: kit, call: call).page)
    }

    private func kpi(_ call: Call) throws(Refusal) -> Answer {
        let id = call.parameter("id")
        guard let kpi = plan.kpi(id) else {
            throw Refusal(.notFound, "The plan has no indicator '\(id)'; /plan lists all of them.")
        }
        if let original = kpi.repeatOf {
            return Answer(.permanentRedirect, headers: [.location: PlanPath.kpi(original)])
        }
        return kit.answer(call, KPIPage(kpi: kpi, plan: plan, kit: kit, call: call).page)
    }

    private func measures(_ call: Call) throws(Refusal) -> Answer {
        var section: PlanSection?
        if let id = call.query["section"], !id.isEmpty {
            section = plan.section(id)
            guard section != nil else {
                throw Refusal(
                    .badRequest, "The plan has no such section.",
                    faults: [.init("section", "Give one of \(sectionKeys.joined(separator: ", ")), or leave it out.")])
            }
        }
        let page = MeasuresPage(section: section, words: call.query["q"] ?? "", plan: plan, kit: kit, call: call)
        return kit.answer(call, page.page)
    }

    private func glossary(_ call: Call) throws(Refusal) -> Answer {
        kit.answer(call, GlossaryPage(plan: plan, kit: kit, call: call).page)
    }

    private func search(_ call: Call) throws(Refusal) -> Answer {
        kit.answer(call, PlanSearchPage(words: call.query["q"] ?? "", plan: plan, kit: kit, call: call).page)
    }
}

extension JSON {
    fileprivate static let text: JSON = ["type": "string"]

    /// The schema of a text that is one of these, or empty.
    fileprivate static func choice(_ values: [String]) -> JSON {
        ["type": "string", "enum": .array(values.map(JSON.string) + [""])]
    }
}

/// Where the plan's things are found.
enum PlanPath {
    static let overview = "/plan"
    static let measures = "/plan/measures"
    static let glossary = "/plan/glossary"
    static let search = "/plan/search"

    static func kpi(_ id: String) -> String { "/plan/kpis/\(id)" }
    static func measures(_ section: PlanSection) -> String { "/plan/measures?section=\(section.key)" }
    static func term(_ id: String) -> String { "/plan/glossary#\(id)" }

    /// The place of a measure in the list of its section: the first number of its id tells part and section.
    static func measure(_ id: String) -> String {
        "/plan/measures?section=\(id.split(separator: "-").prefix(2).joined(separator: "-"))#m-\(id)"
    }
}
