import Entities
import HTTPTypes
import JSON
import Storage
import Web

/// Live events for browsers: changes of entities as server-sent events. Higo's own; the form of the entities is that of
/// notifications.
struct EventRoutes: Sendable {
    static let path = "/ngsi-ld/v1/events"

    let hub: EventHub
    let entities: EntityStore
    let contexts: ContextReader

    func add(to table: inout RouteTable) {
        table.add(
            Route(
                .get, Self.path, access: .open, cost: .point,
                operation: Operation(
                    "Changes of entities as they happen (server-sent events). Last-Event-ID goes on after a break.",
                    tag: "ngsi-ld",
                    parameters: NGSIParameters.common + NGSIParameters.selection + [
                        Parameter(
                            "format", "The form of the entities.",
                            schema: .choice(["normalized", "concise", "simplified", "keyValues"])),
                        Parameter("Last-Event-ID", in: .header, "The id of the last event that arrived."),
                        Parameter("lastEventId", "The same, for clients that cannot send the header."),
                    ], answers: [200: "Events until the client closes.", 400: "A parameter cannot be read."],
                    produces: ["text/event-stream"]),
                isShared: true, refusal: NGSIError.answer, handler: listen))
    }

    private func listen(_ call: Call) async throws -> Answer {
        let space = NGSISpace(call)
        let names = try await contexts.context(of: call, space: space.name)
        try await space.requireExisting(call, entities)
        let stream = EventStream(
            hub: hub, client: EventClient(try subscription(call, space, names)), names: names,
            context: call.context,
            lastEvent: try lastEvent(call))
        return Answer(
            headers: [.contentType: "text/event-stream", .cacheControl: "no-store"],
            body: .stream { output in try await stream.write(output) })
    }

    private func lastEvent(_ call: Call) throws(Refusal) -> LogPosition? {
        let header = HTTPField.Name("Last-Event-ID").flatMap { call.headers[$0] }
        guard let text = header ?? call.query["lastEventId"], !text.isEmpty else { return nil }
        guard let position = LogPosition(eventID: text) else {
            throw Refusal(
                .badRequest, "This is the id of no event.",
                faults: [.init("Last-Event-ID", "Leave it out to begin now.")])
        }
        return position
    }

    /// What a listener wants, in the form of a subscription that nobody keeps.
    private func subscription(
        _ call: Call, _ space: NGSISpace, _ names: RequestContext
    ) throws(Refusal) -> Subscription {
        let query = try EntityParameters(call, names, isRestricted: true).selection(space: space.name)
        let now = call.context.now
        var notification = JSONObject([.init("format", .string(call.query["format"] ?? "normalized"))])
        if !query.attributes.isEmpty {
            notification["attributes"] = .array(query.attributes.map { .string($0) })
        }
        let record = SubscriptionRecord(
            key: try hub.nextName(space: space.name), owner: call.context.actor.tenant ?? call.context.tenant,
            maker: SubscriptionMaker(call.context.actor), dialect: .ngsiLD,
            source: JSONObject([.init("notification", .object(notification))]), createdAt: now, modifiedAt: now)
        var selected = query
        if selected.selectors.isEmpty { selected.selectors = [EntitySelector()] }
        for index in selected.selectors.indices {
            if !query.ids.isEmpty { selected.selectors[index].ids = query.ids }
            if !query.types.isEmpty { selected.selectors[index].types = TypeExpression(anyOf: query.types) }
        }
        (selected.ids, selected.types, selected.attributes) = ([], [], [])
        return try Subscription(
            record: record, query: selected, watchedAttributes: query.attributes,
            triggers: [.entityCreated, .entityUpdated, .entityDeleted],
            endpoint: NotificationEndpoint(uri: record.key.id))
    }
}
