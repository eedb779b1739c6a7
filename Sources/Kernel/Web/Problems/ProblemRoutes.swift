import HTTPTypes
import JSON
import Storage

/// `/problems` and `/problems/NAME`: where the `type` of every problem leads.
struct ProblemRoutes: Sendable {
    let pages: ProblemPages

    func add(to table: inout RouteTable) {
        let produces = ["text/html", "application/json"]
        table.add(
            Route(
                .get, "/problems", access: .open,
                operation: Operation("All kinds of problem.", tag: "problems", produces: produces)
            ) { call in
                guard Self.wantsPage(call, produces) else {
                    return .json([
                        "items": .array(ProblemKind.all.map(Self.facts)), "total": JSON(ProblemKind.all.count),
                    ])
                }
                return .html(pages.overview(call, ProblemKind.all))
            })
        table.add(
            Route(
                .get, "/problems/{name}", access: .open,
                operation: Operation(
                    "What a kind of problem means and what to do.", tag: "problems",
                    parameters: [Parameter("name", in: .path, "Such as `not-found`.", required: true)],
                    answers: [200: "The explanation.", 404: "There is no such kind."], produces: produces)
            ) { call in
                guard let code = Refusal.Code(rawValue: call.parameter("name")) else {
                    throw Refusal(.notFound, "There is no problem of this name; '/problems' lists all.")
                }
                let kind = ProblemKind(code)
                return Self.wantsPage(call, produces)
                    ? .html(pages.explanation(call, kind)) : .json(Self.facts(kind))
            })
    }

    private static func wantsPage(_ call: Call, _ produces: [String]) -> Bool {
        call.preferred(of: produces) == "text/html"
    }

    private static func facts(_ kind: ProblemKind) -> JSON {
        [
            "type": .string(kind.path), "name": .string(kind.code.rawValue), "status": JSON(kind.status),
            "title": .string(kind.title),
        ]
    }
}
