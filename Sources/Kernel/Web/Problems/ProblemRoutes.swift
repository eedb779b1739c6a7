import HTTPTypes
import JSON
import Storage

/// `/problems` and `/problems/NAME`: where the `type` of every problem leads.
struct ProblemRoutes: Sendable {
    let pages: ProblemPages

    private static let produces = ["text/html", "application/json"]

    func add(to table: inout RouteTable) {
        table.add(
            Route(
                .get, "/problems", access: .open,
                operation: Operation("All kinds of problem.", tag: "problems", produces: Self.produces)
            ) { call in
                Self.wantsPage(call) ? pages.overview(call, ProblemKind.all) : .json(ProblemKind.facts(ProblemKind.all))
            })
        table.add(
            Route(
                .get, "/problems/{name}", access: .open,
                operation: Operation(
                    "What a kind of problem means and what to do.", tag: "problems",
                    parameters: [Parameter("name", in: .path, "Such as `not-found`.", required: true)],
                    answers: [200: "The explanation.", 404: "There is no such kind."], produces: Self.produces)
            ) { call in
                guard let code = Refusal.Code(rawValue: call.parameter("name")) else {
                    throw Refusal(.notFound, "There is no problem of this name; '/problems' lists all.")
                }
                let kind = ProblemKind(code)
                return Self.wantsPage(call) ? pages.explanation(call, kind) : .json(kind.facts)
            })
    }

    private static func wantsPage(_ call: Call) -> Bool { call.preferred(of: produces) == "text/html" }
}

extension ProblemKind {
    var facts: JSON {
        ["type": .string(path), "name": .string(code.rawValue), "status": JSON(status), "title": .string(title)]
    }

    static func facts(_ kinds: [ProblemKind]) -> JSON {
        ["items": .array(kinds.map(\.facts)), "total": JSON(kinds.count)]
    }
}
