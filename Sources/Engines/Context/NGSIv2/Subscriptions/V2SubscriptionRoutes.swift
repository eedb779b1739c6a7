import Entities
import HTTPTypes
import JSON
import Storage
import Web

/// `/v2/subscriptions`.
struct V2SubscriptionRoutes: Sendable {
    private static let root = "/v2/subscriptions"

    let store: SubscriptionStore

    func add(to table: inout RouteTable) {
        let id = Parameter("id", in: .path, "The subscription's id.", required: true)
        let own = Access.permission(ContextModule.subscribe)
        let missing = [404: "There is no such subscription."]
        table.add(
            .v2(
                .get, Self.root, own, "The body's own subscriptions.",
                [V2Parameters.limit, V2Parameters.offset, V2Parameters.options("count")], cost: .query, list))
        table.add(
            .v2(
                .post, Self.root, own, "Subscribe.", takes: ["type": "object"],
                answers: [201: "Made; Location names it.", 400: "It is not valid."], create))
        table.add(
            .v2(.get, Self.root + "/{id}", own, "One subscription.", [id], cost: .query, one))
        table.add(
            .v2(
                .patch, Self.root + "/{id}", own, "Change a subscription.", [id], takes: ["type": "object"],
                answers: missing.merging([204: "Changed.", 400: "It is not valid."]) { $1 }, update))
        table.add(
            .v2(
                .delete, Self.root + "/{id}", own, "End a subscription.", [id],
                answers: missing.merging([204: "Ended."]) { $1 }, delete))
    }

    private func create(_ call: Call) async throws -> Answer {
        let request = try V2Request(call)
        var source = try V2Subscription.source(try call.v2JSON())
        let meaning = try V2Subscription(source)
        let paths = try request.readPaths()
        guard paths.count == 1 else { throw Refusal.badV2("max *one* service-path allowed for subscriptions") }
        if let text = Self.pathText(call) { source[V2Dialect.pathMember] = .string(text) }
        let key = SubscriptionKey(space: request.space, id: Self.newID())
        let (context, now) = (call.context, call.context.now)
        try await store.create(
            context,
            SubscriptionRecord(
                key: key, owner: context.actor.tenant ?? context.tenant, maker: SubscriptionMaker(context.actor),
                dialect: .ngsiV2, source: source, isActive: meaning.status != .inactive, expiresAt: meaning.expires,
                createdAt: now, modifiedAt: now))
        return Answer(.created, headers: [.location: "\(Self.root)/\(key.id)"])
    }

    private func list(_ call: Call) async throws -> Answer {
        let request = try V2Request(call)
        let paging = try request.paging()
        let found = try await subscriptions(request, paging)
        var answer = Answer.json(.array(found.page.map { Self.view($0).json(at: call.context.now) }))
        if request.has("count"), let name = HTTPField.Name.fiwareTotalCount {
            answer.headers[name] = String(found.total)
        }
        return answer
    }

    /// With a service path only those that were made with exactly this one.
    private func subscriptions(
        _ request: V2Request, _ paging: (limit: Int, offset: Int)
    ) async throws(Refusal) -> (page: [SubscriptionOverview], total: Int) {
        let context = request.call.context
        guard let path = Self.pathText(request.call), path != "/#" else {
            return try await store.list(
                context, space: request.space, dialect: .ngsiV2, limit: paging.limit, offset: paging.offset)
        }
        let all = try await store.list(context, space: request.space, dialect: .ngsiV2, limit: 100_000).page
        let matching = all.filter { $0.record.source[V2Dialect.pathMember]?.stringValue == path }
        return (Array(matching.dropFirst(paging.offset).prefix(paging.limit)), matching.count)
    }

    private func one(_ call: Call) async throws -> Answer {
        let request = try V2Request(call)
        guard let found = try await store.get(call.context, Self.key(request), .ngsiV2) else { throw Self.missing }
        return .json(Self.view(found).json(at: call.context.now))
    }

    private func update(_ call: Call) async throws -> Answer {
        let request = try V2Request(call)
        let body = try call.v2JSON()
        try await found {
            try await store.update(call.context, Self.key(request), .ngsiV2) { record throws(Refusal) in
                record.source = try V2Subscription.source(body, over: record.source)
                let meaning = try V2Subscription(record.source)
                record.expiresAt = meaning.expires
                if body["status"] != nil { record.isActive = meaning.status != .inactive }
            }
        }
        return .noContent
    }

    private func delete(_ call: Call) async throws -> Answer {
        let request = try V2Request(call)
        try await found { try await store.delete(call.context, Self.key(request), .ngsiV2) }
        return .noContent
    }

    private func found<T>(_ body: () async throws -> T) async throws {
        do { _ = try await body() } catch let refusal as Refusal where refusal.code == .notFound { throw Self.missing }
    }

    private static let missing = Refusal.orion(
        .notFound, "The requested subscription has not been found. Check id")

    private static func key(_ request: V2Request) -> SubscriptionKey {
        SubscriptionKey(space: request.space, id: request.call.parameter("id"))
    }

    private static func pathText(_ call: Call) -> String? {
        HTTPField.Name.fiwareServicePath.flatMap { call.headers[$0] }.flatMap { $0.isEmpty ? nil : $0 }
    }

    /// 24 hexadecimal digits, as Orion's are.
    private static func newID() -> String {
        var random = SystemRandomNumberGenerator()
        return (0..<24).map { _ in String(Int.random(in: 0..<16, using: &random), radix: 16) }.joined()
    }

    private static func view(_ overview: SubscriptionOverview) -> V2SubscriptionView {
        let (record, state) = (overview.record, overview.state)
        return V2SubscriptionView(
            id: record.key.id, source: record.source, isActive: record.isActive, expires: record.expiresAt,
            progress: .init(
                timesSent: Int(state.timesSent), lastNotification: state.lastNotification,
                lastFailure: state.lastFailure, lastFailureReason: state.lastError, lastSuccess: state.lastSuccess,
                lastSuccessCode: state.lastSuccess == nil ? nil : state.lastStatus,
                failsCounter: Int(state.failuresInARow)))
    }
}
