import HTTPTypes
import JSON
import Storage

/// One thing that must be so before the server can do its work.
public struct ReadinessCheck: Sendable {
    public var name: String
    /// Throws a refusal that says what is wrong.
    public var run: @Sendable () async throws -> Void

    public init(_ name: String, run: @escaping @Sendable () async throws -> Void) {
        self.name = name
        self.run = run
    }

    /// The database answers a query.
    public static func reachable(_ name: String, _ database: any Database, clock: any WallClock) -> ReadinessCheck {
        ReadinessCheck(name) {
            _ = try await database.query(.system("readiness", clock: clock)) { reader throws(Refusal) in
                try reader.count("SELECT 1")
            }
        }
    }

    /// Every migration of this release has run: a server beside a database that is still to be migrated, or restored,
    /// gets no requests.
    public static func migrated(_ databases: any Databases, _ sets: [MigrationSet]) -> ReadinessCheck {
        ReadinessCheck("migrations") {
            let pending = try await databases.pendingMigrations(sets)
            guard let first = pending.first else { return }
            throw Refusal(
                .unavailable, "\(pending.count) migrations have not run, '\(first)' first. Run 'higo migrate'.")
        }
    }
}

/// `/healthz`, `/readyz` and `/metrics`, for those who watch over the server.
struct HealthRoutes: Sendable {
    let metrics: Metrics
    let checks: [ReadinessCheck]

    func add(to table: inout RouteTable) {
        table.add(
            Route(.get, "/healthz", access: .open, operation: Self.operation("Whether the process answers.")) { _ in
                .json(["status": "ok"])
            })
        table.add(
            Route(
                .get, "/readyz", access: .open, cost: .query,
                operation: Self.operation(
                    "Whether databases can be reached and are migrated.", [503: "Not ready; `checks` says why."])
            ) { _ in await readiness() })
        table.add(
            Route(
                .get, "/metrics", access: .open,
                operation: Operation(
                    "Figures of the server in the Prometheus text format.", tag: "operation",
                    produces: ["text/plain; version=0.0.4; charset=utf-8"])
            ) { _ in .text(metrics.text, type: "text/plain; version=0.0.4; charset=utf-8") })
    }

    private static func operation(_ summary: String, _ others: [Int: String] = [:]) -> Operation {
        Operation(summary, tag: "operation", answers: others.merging([200: "It is so."]) { $1 })
    }

    private func readiness() async -> Answer {
        var results: JSON = [:]
        var isReady = true
        for check in checks {
            do {
                try await check.run()
                results[check.name] = "ok"
            } catch {
                isReady = false
                results[check.name] = .string((error as? Refusal)?.code.rawValue ?? "failed")
            }
        }
        return .json(
            ["status": isReady ? "ready" : "not-ready", "checks": results],
            status: isReady ? .ok : .serviceUnavailable, headers: [.cacheControl: "no-store"])
    }
}
