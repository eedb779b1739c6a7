import Entities
import HTTPTypes
import JSON
import Storage
import Web

/// The subscriptions of NGSI-LD (ETSI GS CIM 009 clauses 6.10 and 6.11), and what of theirs was put aside.
struct SubscriptionRoutes: Sendable {
    static let root = "/ngsi-ld/v1/subscriptions"
    private static let media = ["application/json", "application/ld+json"]
    private static let missing = [404: "There is no such subscription."]
    private static let id = Parameter("id", in: .path, "The subscription's id.", required: true)

    let request: SubscriptionRequest
    let largestPage: Int

    func add(to table: inout RouteTable) {
        addLists(to: &table)
        addChanges(to: &table)
        addParked(to: &table)
    }

    private func addLists(to table: inout RouteTable) {
        let paging = [
            Parameter("limit", "How many at most.", schema: .integer(0, largestPage)),
            Parameter("offset", "How many to pass over.", schema: .integer(0, 1_000_000)),
            Parameter("after", "Only ids after this one; the Link header's next page uses it."),
            Parameter("count", "Whether NGSILD-Results-Count says how many there are.", schema: ["type": "boolean"]),
            Parameter("options", "sysAttrs adds when each was made and changed.", schema: .choice(["sysAttrs"])),
        ]
        table.add(
            route(
                .get, Self.root, .query, "The body's own subscriptions.", paging,
                answers: [200: "The page."], request.list))
        table.add(
            route(
                .get, Self.root + "/{id}", .query, "One subscription.", [Self.id] + paging.suffix(1),
                answers: Self.missing.merging([200: "The subscription."]) { $1 }, request.retrieve))
    }

    private func addChanges(to table: inout RouteTable) {
        table.add(
            route(
                .post, Self.root, .point, "Subscribe.", [], takes: ["type": "object"],
                answers: [
                    201: "Made; Location names it.", 400: "It is not valid.", 409: "The id is taken.",
                ], request.create))
        table.add(
            route(
                .patch, Self.root + "/{id}", .point, "Change a subscription.", [Self.id],
                takes: ["type": "object"],
                answers: Self.missing.merging([204: "Changed.", 400: "It is not valid."]) { $1 }, request.update))
        table.add(
            route(
                .delete, Self.root + "/{id}", .point, "End a subscription.", [Self.id],
                answers: Self.missing.merging([204: "Ended."]) { $1 }, request.delete))
    }

    private func addParked(to table: inout RouteTable) {
        let parked = Self.root + "/{id}/parked"
        let number = Parameter("number", "One of them; all without it.", schema: .integer(1, .max))
        table.add(
            route(
                .get, parked, .query, "Notifications that were put aside after their last try.", [Self.id],
                answers: Self.missing.merging([200: "The newest hundred."]) { $1 }, request.parked))
        table.add(
            route(
                .post, parked + "/replay", .point, "Send what was put aside again, in the background.",
                [Self.id, number], answers: Self.missing.merging([202: "It will be sent."]) { $1 }, request.replay))
        table.add(
            route(
                .delete, parked, .point, "Forget what was put aside.", [Self.id, number],
                answers: Self.missing.merging([204: "Forgotten."]) { $1 }, request.discard))
    }

    private func route(
        _ method: HTTPRequest.Method, _ template: String, _ cost: Cost, _ summary: String,
        _ parameters: [Parameter], takes schema: JSON? = nil, answers: [Int: String],
        _ handler: @escaping @Sendable (Call) async throws -> Answer
    ) -> Route {
        let bodies = schema.map { schema in Dictionary(uniqueKeysWithValues: Self.media.map { ($0, schema) }) } ?? [:]
        return Route(
            method, template, access: .permission(ContextModule.subscribe), bodyLimit: schema == nil ? 0 : 1 << 20,
            cost: cost,
            operation: Operation(
                summary, tag: "ngsi-ld", parameters: parameters + NGSIParameters.common, requestBody: bodies,
                answers: answers, produces: Self.media),
            isShared: true, refusal: NGSIError.answer, handler: handler)
    }
}
