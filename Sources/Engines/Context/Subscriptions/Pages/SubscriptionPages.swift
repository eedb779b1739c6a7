import HTTPTypes
import JSON
import Storage
import Web

/// `/manage/subscriptions`: the subscriptions of the reader's body in all spaces, how they fare, and what was put aside.
struct SubscriptionPages: Sendable {
    static let root = "/manage/subscriptions"
    private static let pageSize = 50
    private static let tag = "manage"
    private static let names = [
        Parameter("space", in: .path, "The space (NGSI tenant).", required: true),
        Parameter("id", in: .path, "The subscription's id.", required: true),
    ]

    let store: SubscriptionStore
    let parked: ParkedStore
    let pages: PageKit

    func add(to table: inout RouteTable) {
        let access = Access.permission(ContextModule.subscribe)
        table.add(
            .page(
                Self.root, "Subscriptions of one's own body.", tag: Self.tag, access: access,
                parameters: [Parameter("page", "Page from 1.", schema: .integer(1, 20_000))]
            ) { try await list($0) })
        table.add(
            .page(
                Self.root + "/{space}/{id}", "One subscription, and what was put aside of it.", tag: Self.tag,
                access: access, parameters: Self.names
            ) { try await detail($0) })
        for action in SubscriptionAction.allCases {
            table.add(
                Route(
                    .post, "\(Self.root)/{space}/{id}/\(action.rawValue)", access: access, bodyLimit: 8_192,
                    operation: Operation(
                        action.summary, tag: Self.tag, parameters: Self.names,
                        requestBody: ["application/x-www-form-urlencoded": ["type": "object"]],
                        answers: [303: "Done.", 404: "There is no such subscription."], produces: ["text/html"])
                ) { call in try await run(action, call) })
        }
    }

    static func path(_ key: SubscriptionKey) -> String {
        "\(root)/\(Call.percentEncoded(key.space, keeping: ""))/\(Call.percentEncoded(key.id, keeping: ":"))"
    }

    private func list(_ call: Call) async throws -> Answer {
        let page = try call.integer("page") ?? 1
        let found = try await store.list(
            call.context, space: nil, limit: Self.pageSize, offset: (page - 1) * Self.pageSize)
        let words = pages.words(for: call)
        let view = SubscriptionView(words: words, now: call.context.now)
        let body =
            found.page.isEmpty
            ? EmptyNotice(words["context.subscriptions.none"]).html(words) : view.table(found.page)
        return pages.answer(
            call,
            Page(
                title: words["context.subscriptions.title"],
                breadcrumb: [(words["context.subscriptions.manage"], "/manage")],
                lead: words["context.subscriptions.lead"],
                body: body + Pagination(call, page: page, size: Self.pageSize, total: found.total).html(words),
                facts: ["items": .array(found.page.map(view.facts)), "total": JSON(found.total)]))
    }

    private func detail(_ call: Call) async throws -> Answer {
        let found = try await find(call)
        let waiting = try await parked.list(call.context, found.record.key)
        let words = pages.words(for: call)
        let view = SubscriptionView(words: words, now: call.context.now)
        var facts = view.facts(found)
        facts["parkedNotifications"] = .array(waiting.map(\.facts))
        let body = view.details(found) + view.forms(found, token: call.session?.formToken) + view.parked(waiting)
        return pages.answer(
            call,
            Page(
                title: view.name(found.record), breadcrumb: [(words["context.subscriptions.title"], Self.root)],
                body: body, facts: facts))
    }

    private func run(_ action: SubscriptionAction, _ call: Call) async throws -> Answer {
        let record = try await find(call).record
        switch action {
        case .pause, .resume:
            try await store.update(call.context, record.key, record.dialect) { $0.activate(action == .resume) }
        case .replay: try await parked.replay(call.context, record.key)
        case .forget: try await parked.discard(call.context, record.key)
        }
        return .seeOther(Self.path(record.key))
    }

    private func find(_ call: Call) async throws(Refusal) -> SubscriptionOverview {
        let key = SubscriptionKey(space: call.parameter("space"), id: call.parameter("id"))
        for dialect in SubscriptionProtocol.allCases {
            if let found = try await store.get(call.context, key, dialect) { return found }
        }
        throw .noSubscription(key)
    }
}

/// What people do with a subscription on its page.
enum SubscriptionAction: String, CaseIterable {
    case pause, resume, replay, forget

    var summary: String {
        switch self {
        case .pause: "Pauses a subscription."
        case .resume: "Lets a subscription go on."
        case .replay: "Sends again what was put aside."
        case .forget: "Forgets what was put aside."
        }
    }
}

extension SubscriptionRecord {
    /// Pauses it or lets it go on, as its own protocol says it.
    mutating func activate(_ isActive: Bool) {
        self.isActive = isActive
        switch dialect {
        case .ngsiLD: source["isActive"] = .bool(isActive)
        case .ngsiV2:
            if !isActive {
                source["status"] = "inactive"
            } else if source["status"] == "inactive" {
                source["status"] = "active"
            }
        }
    }
}
