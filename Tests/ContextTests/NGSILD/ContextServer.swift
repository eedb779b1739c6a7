import Context
import Foundation
import HTTPTypes
import HigoTesting
import JSON
import Logging
import Platform
import ServiceLifecycle
import Synchronization
import Web

/// A server of contexts on a socket of this machine, for brokers that fetch them.
final class ContextServer: Sendable {
    /// What it was asked for, in order.
    private let asked = Mutex<[String]>([])
    private let answers: [String: @Sendable () -> Answer]

    var requests: [String] { asked.withLock { $0 } }

    init(_ answers: [String: @Sendable () -> Answer]) { self.answers = answers }

    /// Runs `body` with the server's address, such as `http://127.0.0.1:40001/`.
    func run(_ body: @escaping @Sendable (String) async throws -> Void) async throws {
        let module = Module(id: "contexts", routes: { table, _ in self.addRoute(to: &table) })
        try await withTestSite([module], change: { $0.settings.port = 0 }) { site async throws in
            let (ports, continuation) = AsyncStream.makeStream(of: Int.self)
            let silent = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
            let server = HigoServer(site: site.site, logger: silent) { continuation.yield($0) }
            let group = ServiceGroup(services: [server], logger: silent)
            try await withThrowingTaskGroup(of: Void.self) { tasks in
                tasks.addTask { try await group.run() }
                for await port in ports {
                    try await body("http://127.0.0.1:\(port)/")
                    break
                }
                await group.triggerGracefulShutdown()
                try await tasks.waitForAll()
            }
        }
    }

    private func addRoute(to table: inout RouteTable) {
        let operation = Operation(
            "A context.", tag: "contexts", parameters: [Parameter("name", in: .path, "Its name.", required: true)],
            produces: [])
        table.add(
            Route(.get, "/{name}", access: .open, operation: operation) { call in
                let name = call.parameter("name")
                self.asked.withLock { $0.append(name) }
                return self.answers[name]?() ?? Answer(.notFound)
            })
    }
}

/// A site that may fetch contexts as the settings say.
func withContextSite(
    _ kind: TestDatabase.Kind, contexts: ContextSettings, _ body: (TestSite) async throws -> Void
) async throws {
    try await withTestSite(
        [ContextModule.module], on: kind, resources: ["Web", "Context"], change: { $0.settings.contexts = contexts },
        body)
}

/// A context of two terms of a data model, one of which is a prefix.
let trafficContext: JSON = [
    "@context": [
        "fiware": "https://uri.fiware.org/ns/data-models#", "Vehicle": "https://example.org/ns#Vehicle",
        "speed": "https://example.org/ns#speed", "accuracy": "https://example.org/ns#accuracy",
        "colour": "https://example.org/ns#colour", "red": "https://example.org/ns#red",
        "parkedAt": ["@id": "https://example.org/ns#parkedAt", "@type": "@id"],
    ]
]
