import HTTPTypes
import HigoTesting
import JSON
import Storage
import Web

/// A module with one route of each sort, for the tests of the site itself.
enum SiteModule {
    static let long = String(repeating: "熊本県の開かれたデータ。", count: 200)

    static let routes = [thing, list, page, form, upload, change, secret, rest, broken, stream, standard]
    static let module = Module(id: "sample", routes: { table, _ in for route in routes { table.add(route) } })

    private static let identifier = Parameter("id", in: .path, "The thing's id.", required: true)

    static let thing = Route(
        .get, "/things/{id}", access: .open,
        operation: Operation("One thing.", tag: "things", parameters: [identifier])
    ) { call in
        .json(
            ["id": .string(call.parameter("id")), "actor": .string(call.context.actor.id)],
            headers: [.eTag: EntityTag(version: 7).description])
    }

    static let list = Route(
        .get, "/things", access: .open, cost: .query,
        operation: Operation(
            "All things.", tag: "things",
            parameters: [
                Parameter("limit", "How many.", schema: ["type": "integer", "minimum": 1, "maximum": 100]),
                Parameter("order", "The order.", schema: ["type": "string", "enum": ["name", "time"]]),
            ])
    ) { call in .json(["limit": JSON(call.query["limit"]), "text": .string(long)]) }

    static let page = Route(
        .get, "/page", access: .open, cost: .query,
        operation: Operation("A page.", tag: "things", produces: ["text/html", "application/json"])
    ) { call in
        call.preferred(of: ["text/html", "application/json"]) == "text/html"
            ? .html(.element("p", ["lang": call.language.rawValue], .text(call.theme.rawValue))) : .json(["page": true])
    }

    static let form = Route(
        .post, "/things", access: .open, bodyLimit: 1_000,
        operation: Operation(
            "Adds a thing.", tag: "things", requestBody: ["application/x-www-form-urlencoded": [:]],
            answers: [303: "Added."])
    ) { call in .seeOther("/things/" + (call.form["name"] ?? "")) }

    static let upload = Route(
        .post, "/files", access: .open, bodyLimit: 10_000,
        operation: Operation("Takes files.", tag: "things", requestBody: ["multipart/form-data": [:]])
    ) { call in
        .json([
            "fields": .array(call.form.fields.items.map { [.string($0.name), .string($0.value)] }),
            "files": .array(
                call.form.files.map {
                    [.string($0.field), .string($0.name), .string($0.mediaType), JSON($0.bytes.count)]
                }),
        ])
    }

    static let change = Route(
        .patch, "/things/{id}", access: .permission("sample.thing.write"), bodyLimit: 100,
        operation: Operation(
            "Changes a thing.", tag: "things", parameters: [identifier], requestBody: ["application/json": [:]],
            answers: [204: "Changed."])
    ) { call in
        try call.requireMatch(EntityTag(version: 7))
        _ = try call.json()
        return .noContent
    }

    static let secret = Route(
        .get, "/secret", access: .permission("sample.secret.read"),
        operation: Operation("A secret.", tag: "things", produces: ["text/html", "application/json"])
    ) { call in .json(["tenant": .string(call.context.tenant.rawValue)]) }

    static let rest = Route(
        .get, "/rest/{path...}", access: .open,
        operation: Operation(
            "The rest.", tag: "things", parameters: [Parameter("path", in: .path, "The rest.", required: true)])
    ) { call in .json(["path": .string(call.parameter("path"))]) }

    static let broken = Route(
        .get, "/broken", access: .open, operation: Operation("Fails.", tag: "things")
    ) { _ in throw Broken() }

    static let stream = Route(
        .get, "/stream", access: .open, cost: .job,
        operation: Operation("A long text.", tag: "things", produces: ["text/csv"])
    ) { _ in
        Answer(
            headers: [.contentType: "text/csv; charset=utf-8"],
            body: .stream { write in for _ in 0..<100 { try await write(Array("熊本市,八代市\n".utf8)) } })
    }

    @Sendable private static func ownRefusal(_ problem: Problem) -> Answer {
        .json(["error": .string(problem.kind.code.rawValue)], status: .init(code: problem.kind.status))
    }

    static let standard = Route(
        .get, "/standard", access: .open,
        operation: Operation("A standard's API.", tag: "things"), isShared: true,
        refusal: ownRefusal
    ) { _ in .json(["open": true]) }

    struct Broken: Error {}
}
