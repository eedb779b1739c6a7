import JSON
import Platform
import Storage
import Web

/// `/account`: who I am here, how I read, and the way out.
struct AccountPage: Sendable {
    let ports: Ports

    func add(to table: inout RouteTable) {
        table.add(
            .page("/account", "Who is signed in, and the language and colours chosen.", tag: "account") { call in
                ports.pages.answer(call, page(call, try await SessionList.read(call, ports)))
            })
        table.add(SessionList.endRoute(ports))
    }

    private func page(_ call: Call, _ sessions: SessionList) -> Page {
        let words = ports.pages.words(for: call)
        return Page(
            title: words["portal.account.title"],
            body: person(call, words) + sessions.html(words) + choices(call, words),
            isWide: false,
            facts: [
                "signedIn": .bool(call.session != nil), "language": .string(call.language.rawValue),
                "theme": .string(call.theme.rawValue), "name": call.session.map { .string($0.displayName) } ?? .null,
                "tenant": call.session.map { .string($0.tenant.rawValue) } ?? .null,
                "sessions": sessions.facts,
                "permissions": .array(call.context.actor.permissions.sorted().map { .string($0.rawValue) }),
            ])
    }

    private func person(_ call: Call, _ words: WordBook) -> HTML {
        guard let session = call.session else {
            return .element("p", [:], words["portal.account.anonymous"].html)
                + .element(
                    "p", ["class": "actions"],
                    LinkButton(words["site.signIn"], to: "/sign-in?return=/account", .solid).html(words))
        }
        let tenant = ports.platform.tenants.current[session.tenant].map { words.name(of: $0) }
        let permissions = call.context.actor.permissions.sorted().map {
            HTML.element("li", [:], .element("code", [:], .text($0.rawValue)))
        }
        let list = DefinitionList([
            (words["portal.account.name"], .text(session.displayName)),
            (words["portal.account.tenant"], (tenant ?? Phrase(session.tenant.rawValue)).html),
            (words["portal.account.permissions"], permissions.isEmpty ? .text("–") : .element("ul", [:], permissions)),
        ])
        return list.html(words)
            + PageForm(post: "/sign-out", token: session.formToken, submit: words["portal.account.signOut"], fields: [])
            .html(words)
    }

    private func choices(_ call: Call, _ words: WordBook) -> HTML {
        let languages = Language.allCases.map { language in
            choice(
                Phrase(ruby: language.ownName), call.address(with: "lang", language.rawValue), language == call.language
            )
        }
        let themes = Theme.allCases.map { theme in
            choice(
                words[WordKey("site.theme.\(theme.rawValue)")], call.address(with: "theme", theme.rawValue),
                theme == call.theme)
        }
        return Section(
            id: "language", title: words["site.languages"], body: .element("ul", ["class": "choices"], languages)
        ).html(words)
            + Section(id: "theme", title: words["site.themes"], body: .element("ul", ["class": "choices"], themes))
            .html(words)
    }

    private func choice(_ label: Phrase, _ address: String, _ isCurrent: Bool) -> HTML {
        .element("li", [:], .element("a", ["href": address, "aria-current": isCurrent ? "true" : nil], label.html))
    }
}
