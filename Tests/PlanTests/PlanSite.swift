import Foundation
import HTTPTypes
import JSON
import Logging
import Plan
import Storage
import Testing
import Web

/// The plan's routes with the words and templates of the repository, without a server.
struct PlanSite {
    let kit: PageKit
    let contributions: [Contribution]
    private let table: RouteTable

    init() throws {
        let sources = URL(fileURLWithPath: PlanFixture.dataFolder).deletingLastPathComponent().path + "/Sources"
        let plan = try PlanFixture.service()
        kit = try PageKit.load(folders: [sources + "/Kernel/Web/Resources", sources + "/Engines/Plan/Resources"])
        contributions = PlanContributions(plan: plan, kit: kit).all
        var table = RouteTable()
        PlanRoutes(plan: plan, kit: kit).add(to: &table)
        self.table = table
    }

    var routes: [Route] { table.routes }

    func answer(_ path: String, _ query: [String: String] = [:], json: Bool = false, _ language: Language = .ja)
        async throws
        -> Answer
    {
        let (route, id) = try #require(match(path))
        let call = Self.call(path, id.map { ["id": $0] } ?? [:], query, json: json, language)
        return try await route.handler(call)
    }

    func html(_ path: String, _ query: [String: String] = [:], _ language: Language = .ja) async throws -> String {
        try String(decoding: bytes(await answer(path, query, language)), as: UTF8.self)
    }

    func facts(_ path: String, _ query: [String: String] = [:]) async throws -> JSON {
        try JSON(parsing: bytes(await answer(path, query, json: true)))
    }

    static func call(
        _ path: String, _ parameters: [String: String] = [:], _ query: [String: String] = [:], json: Bool = false,
        _ language: Language = .ja
    ) -> Call {
        Call(
            method: .get, path: path, parameters: parameters,
            query: QueryItems(query.sorted { $0.key < $1.key }.map { .init($0.key, $0.value) }),
            headers: json ? [.accept: "application/json"] : [.accept: "text/html"],
            context: OperationContext(
                actor: .anonymous, tenant: .prefecture, purpose: "test", requestID: "test",
                clock: TestClock(Instant(seconds: 1_790_000_000)), logger: Logger(label: "test")),
            language: language)
    }

    private func match(_ path: String) -> (Route, String?)? {
        for route in table.routes {
            if route.template == path { return (route, nil) }
            guard let brace = route.template.firstIndex(of: "{") else { continue }
            let prefix = route.template[..<brace]
            if path.hasPrefix(prefix) { return (route, String(path.dropFirst(prefix.count))) }
        }
        return nil
    }

    private func bytes(_ answer: Answer) throws -> [UInt8] {
        guard case .bytes(let bytes) = answer.body else { throw JSONPointerError.syntax }
        return bytes
    }
}

extension String {
    /// How often a text stands in this one.
    func count(of text: String) -> Int { components(separatedBy: text).count - 1 }
}
