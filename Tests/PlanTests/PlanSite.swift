import Foundation
import HTTPTypes
import HigoTesting
import JSON
import Plan
import Storage
import Web

/// A whole site with the plan as its only module and the repository's words and templates.
func withPlanSite(_ body: (TestSite) async throws -> Void) async throws {
    let module = PlanModule.module(try PlanDocument.load(dataFolder: PlanFixture.dataFolder))
    try await withTestSite([module], resources: ["Web", "Plan"]) { site in try await body(site) }
}

extension TestSite {
    /// A page as a browser gets it.
    func html(_ path: String, _ query: [String: String] = [:], _ language: Language = .ja) async throws -> String {
        let answer = try await get(address(path, query, language), accept: "text/html")
        return answer.status == 200 ? answer.text : "status \(answer.status)"
    }

    /// The same page's facts.
    func facts(_ path: String, _ query: [String: String] = [:]) async throws -> JSON {
        let answer = try await get(address(path, query, .ja), accept: "application/json")
        return answer.status == 200 ? answer.json : .string("status \(answer.status)")
    }

    private func address(_ path: String, _ query: [String: String], _ language: Language) -> String {
        let items = query.sorted { $0.key < $1.key }.map { QueryItems.Item($0.key, $0.value) }
        return Call.address(path, items + (language == .ja ? [] : [.init("lang", language.rawValue)]))
    }

    /// What the plan gives to other pages.
    func contributions() throws -> [Contribution] {
        PlanModule.module(try PlanDocument.load(dataFolder: PlanFixture.dataFolder)).contributions(ports)
    }

    /// A request of a page that draws what modules contribute.
    func call(_ path: String) -> Call {
        Call(
            method: .get, path: path,
            context: OperationContext(
                actor: .anonymous, tenant: .prefecture, purpose: "test", requestID: "test", clock: clock,
                logger: OperationContext.system("test").logger))
    }
}

extension String {
    /// How often a text stands in this one.
    func count(of text: String) -> Int { components(separatedBy: text).count - 1 }
}
