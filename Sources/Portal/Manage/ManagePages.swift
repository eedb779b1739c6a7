import JSON
import Platform
import Storage
import Web

/// `/manage`: the frame of administration, with what the reader may do; and the accounts of the reader's tenant.
struct ManagePages: Sendable {
    let ports: Ports

    func add(to table: inout RouteTable) {
        table.add(
            .page("/manage", "What the signed-in person may administer.", tag: "manage") { call in try overview(call) })
        table.add(
            .page("/manage/users", "Accounts of one's own tenant.", tag: "manage", access: .permission(.manageAccounts))
            { call in
                try await users(call)
            })
    }

    private func overview(_ call: Call) throws -> Answer {
        guard call.context.actor.kind != .anonymous || call.context.actor.isUnrestricted else {
            throw Refusal(.unauthenticated, "Sign in to administer.")
        }
        let words = ports.pages.words(for: call)
        let entries = Self.entries(ports.pages.contributions).filter { call.context.actor.holds($0.permission) }
        let cards = entries.map { entry in
            let note = words[WordKey(entry.label.rawValue + "Note")]
            let text = words.has(WordKey(entry.label.rawValue + "Note")) ? HTML.element("p", [:], note.html) : .empty
            return Card(title: words[entry.label], path: entry.path, body: text).html(level: 2)
        }
        let body = cards.isEmpty ? EmptyNotice(words["portal.manage.nothing"]).html(words) : Grid(cards).html(words)
        return ports.pages.answer(
            call,
            Page(
                title: words["portal.manage.title"], lead: words["portal.manage.lead"], body: body,
                facts: [
                    "items": .array(entries.map { ["path": .string($0.path), "title": .string(words[$0.label].text)] })
                ]))
    }

    private struct Entry {
        var order: Int
        var label: WordKey
        var path: String
        var permission: Permission
    }

    private static func entries(_ contributions: [Contribution]) -> [Entry] {
        contributions.compactMap { contribution in
            guard case .manage(let order, let label, let path, let permission) = contribution else { return nil }
            return Entry(order: order, label: label, path: path, permission: permission)
        }.sorted { $0.order < $1.order }
    }

    private func users(_ call: Call) async throws -> Answer {
        let words = ports.pages.words(for: call)
        let accounts = try await ports.platform.accounts.list(call.context, of: call.context.tenant)
        let table = DataTable(
            caption: words["portal.users.title"],
            columns: [
                .init(words["portal.users.name"]), .init(words["portal.users.login"]),
                .init(words["portal.users.state"]),
                .init(words["portal.users.created"]),
            ],
            rows: accounts.map { account in
                let isActive = account.state == .active
                return [
                    .text(account.displayName), .element("code", [:], .text(account.login)),
                    Chip(words[WordKey("portal.users.\(account.state.rawValue)")], isActive ? .green : .grey).html,
                    words.date(account.createdAt).html,
                ]
            }, dense: true, hidesCaption: true)
        let facts = accounts.map { account -> JSON in
            [
                "id": .string(account.id), "login": .string(account.login), "name": .string(account.displayName),
                "state": .string(account.state.rawValue),
            ]
        }
        return ports.pages.answer(
            call,
            Page(
                title: words["portal.users.title"], breadcrumb: [(words["portal.manage.title"], "/manage")],
                lead: words["portal.users.lead"], body: table.html(words),
                facts: ["items": .array(facts), "total": .int(Int64(facts.count)), "next": .null]))
    }
}
