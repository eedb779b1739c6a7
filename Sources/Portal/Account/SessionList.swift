import Entities
import HTTPTypes
import JSON
import Platform
import Storage
import Web

/// Where the reader is signed in, each with a button that ends it.
struct SessionList: Component {
    private static let endPath = "/account/sessions/end"

    var sessions: [OpenSession]
    var formToken: String

    /// Empty for those who are not signed in.
    static func read(_ call: Call, _ ports: Ports) async throws -> SessionList {
        guard let session = call.session else { return SessionList(sessions: [], formToken: "") }
        let sessions = try await ports.platform.signIns.sessions(call.context, current: SignInPages.token(call))
        return SessionList(sessions: sessions, formToken: session.formToken)
    }

    static func endRoute(_ ports: Ports) -> Route {
        Route(
            .post, endPath, access: .open, bodyLimit: 8_192,
            operation: Operation(
                "Ends one of one's own sessions.", tag: "account",
                requestBody: [
                    "application/x-www-form-urlencoded": [
                        "type": "object", "required": ["session"], "properties": ["session": ["type": "string"]],
                    ]
                ],
                answers: [303: "Ended.", 401: "Nobody is signed in.", 404: "There is no such session."],
                produces: ["text/html"])
        ) { call in
            try await ports.platform.signIns.end(call.context, sessionID: call.form["session"] ?? "")
            return .seeOther("/account")
        }
    }

    var facts: JSON {
        .array(
            sessions.map { session in
                [
                    "id": .string(session.id), "createdAt": .string(DateTime.text(session.createdAt)),
                    "lastSeen": .string(DateTime.text(session.lastSeen)),
                    "expires": .string(DateTime.text(session.expires)),
                    "current": .bool(session.isCurrent),
                ]
            })
    }

    func html(_ words: WordBook) -> HTML {
        guard !sessions.isEmpty else { return .empty }
        let table = DataTable(
            caption: words["portal.sessions.title"],
            columns: [
                .init(words["portal.sessions.began"]), .init(words["portal.sessions.seen"]),
                .init(words["portal.sessions.end"]),
            ], rows: sessions.map { row($0, words) }, hidesCaption: true)
        return Section(
            id: "sessions", title: words["portal.sessions.title"],
            body: .element("p", [:], words["portal.sessions.lead"].html) + table.html(words)
        ).html(words)
    }

    private func row(_ session: OpenSession, _ words: WordBook) -> [HTML] {
        let began = words.dateTime(session.createdAt)
        let action =
            session.isCurrent
            ? Chip(words["portal.sessions.current"], .green).html(words)
            : PageForm(
                post: Self.endPath, token: formToken,
                submit: words("portal.sessions.submit", ["began": .phrase(began)]),
                fields: [.element("input", ["type": "hidden", "name": "session", "value": session.id])]
            ).html(words)
        return [began.html, words.dateTime(session.lastSeen).html, action]
    }
}
