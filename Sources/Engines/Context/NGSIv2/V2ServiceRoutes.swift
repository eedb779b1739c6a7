import Entities
import HTTPTypes
import JSON
import Storage
import Web

/// Entry point, version, statistics, types, and what is not there yet.
struct V2ServiceRoutes: Sendable {
    let store: EntityStore
    /// When the routes were made, which is when the program started.
    let start = monotonicNanoseconds()

    func add(to table: inout RouteTable) {
        table.add(.v2(.get, "/v2", .open, "Where things are.") { _ in .json(Self.entryPoint) })
        table.add(.v2(.get, "/version", .open, "The version of the broker.") { _ in .json(version()) })
        table.add(.v2(.get, "/statistics", .open, "How long the broker runs.") { _ in .json(statistics()) })
        let types = V2Types(store: store)
        table.add(
            .v2(
                .get, "/v2/types", .open, "Types of entities.",
                [V2Parameters.limit, V2Parameters.offset, V2Parameters.options("count", "values", "noAttrDetail")],
                cost: .query, types.list))
        table.add(
            .v2(
                .get, "/v2/types/{type}", .open, "One type of entities.",
                [
                    Parameter("type", in: .path, "The type.", required: true),
                    V2Parameters.options("noAttrDetail"),
                ], cost: .query, types.one))
        addRegistrations(&table)
    }

    /// Registrations come with distributed operations.
    private func addRegistrations(_ table: inout RouteTable) {
        let id = Parameter("id", in: .path, "The registration's id.", required: true)
        let paging = [V2Parameters.limit, V2Parameters.offset, V2Parameters.options("count")]
        let one = "/v2/registrations/{id}"
        for (method, template, parameters) in [
            (HTTPRequest.Method.get, "/v2/registrations", paging), (.post, "/v2/registrations", []),
            (.get, one, [id]), (.patch, one, [id]), (.delete, one, [id]),
        ] {
            let schema: JSON? = method == .post || method == .patch ? ["type": "object"] : nil
            table.add(
                .v2(
                    method, template, .open, "Not there yet.", parameters, takes: schema,
                    answers: [501: "Registrations are not there yet."]
                ) { _ in throw Refusal.orion(.notImplemented, "registrations are not implemented yet") })
        }
    }

    private static let entryPoint: JSON = [
        "entities_url": "/v2/entities", "types_url": "/v2/types", "subscriptions_url": "/v2/subscriptions",
        "registrations_url": "/v2/registrations",
    ]

    /// The release of Orion whose answers these are.
    private static let orionVersion = "4.1.0"

    private func version() -> JSON {
        [
            "orion": [
                "version": .string(Self.orionVersion), "uptime": .string(uptime()), "git_hash": "", "compile_time": "",
                "compiled_by": "", "compiled_in": "", "release_date": "",
                "machine": "", "doc": "https://fiware-orion.rtfd.io/en/\(Self.orionVersion)/",
            ],
            "implementation": "Higo",
        ]
    }

    private func seconds() -> Int { Int((monotonicNanoseconds() - start) / 1_000_000_000) }

    private func uptime() -> String {
        let seconds = seconds()
        return "\(seconds / 86_400) d, \(seconds / 3_600 % 24) h, \(seconds / 60 % 60) m, \(seconds % 60) s"
    }

    private func statistics() -> JSON {
        ["uptime_in_secs": JSON(seconds()), "measuring_interval_in_secs": JSON(seconds())]
    }
}
