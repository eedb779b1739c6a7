import HTTPTypes
import JSON
import Platform
import Storage
import Web

/// `/sign-in` and `/sign-out`.
package struct SignInPages: Sendable {
    let ports: Ports

    func add(to table: inout RouteTable) {
        let back = Parameter("return", "The path to go to afterwards.", schema: ["type": "string", "maxLength": 2000])
        table.add(
            .page("/sign-in", "The form to sign in.", tag: "account", cost: .point, parameters: [back]) { call in
                ask(call, returnPath: Self.ownPath(call.query["return"]), login: "", problem: nil)
            })
        table.add(
            Route(
                .post, "/sign-in", access: .open, bodyLimit: 8_192,
                operation: Operation(
                    "Signs in with a login and a password.", tag: "account",
                    requestBody: [Self.formType: Self.signInSchema],
                    answers: [303: "Signed in.", 400: "The login or the password is wrong."], produces: ["text/html"])
            ) { call in try await signIn(call) })
        table.add(
            Route(
                .post, "/sign-out", access: .open, bodyLimit: 8_192,
                operation: Operation(
                    "Signs out.", tag: "account", requestBody: [Self.formType: ["type": "object"]],
                    answers: [303: "Signed out."], produces: ["text/html"])
            ) { call in try await signOut(call) })
    }

    private static let formType = "application/x-www-form-urlencoded"
    private static let signInSchema: JSON = [
        "type": "object", "required": ["login", "password"],
        "properties": [
            "login": ["type": "string"], "password": ["type": "string"], "return": ["type": "string"],
        ],
    ]

    private func signIn(_ call: Call) async throws -> Answer {
        let login = call.form["login"] ?? ""
        let returnPath = Self.ownPath(call.form["return"])
        do throws(Refusal) {
            let signedIn = try await ports.platform.signIns.signIn(
                call.context, login: login, password: call.form["password"] ?? "", address: call.client() ?? "unknown",
                replacing: Self.token(call))
            var answer = Answer.seeOther(returnPath)
            answer.signIn(token: signedIn.token, settings: ports.site)
            return answer
        } catch {
            guard error.code == .unauthenticated || error.code == .tooManyRequests else { throw error }
            return ask(call, returnPath: returnPath, login: login, problem: error)
        }
    }

    private func signOut(_ call: Call) async throws -> Answer {
        if let token = Self.token(call) { try await ports.platform.signIns.signOut(call.context, token: token) }
        var answer = Answer.seeOther("/")
        answer.signOut(settings: ports.site)
        return answer
    }

    private func ask(_ call: Call, returnPath: String, login: String, problem: Refusal?) -> Answer {
        let words = ports.pages.words(for: call)
        let form = SignInForm(returnPath: returnPath, login: login, problem: problem?.code)
        let page = Page(
            title: words["portal.signIn.title"], lead: words["portal.signIn.lead"], body: form.html(words),
            isRefused: problem != nil, isWide: false,
            facts: [
                "signedIn": .bool(call.session != nil), "method": "POST", "fields": ["login", "password", "return"],
            ])
        return ports.pages.answer(call, page, status: Self.status(problem))
    }

    private static func status(_ problem: Refusal?) -> HTTPResponse.Status {
        guard let problem else { return .ok }
        return problem.code == .tooManyRequests ? .tooManyRequests : .badRequest
    }

    static func token(_ call: Call) -> String? {
        call.headers[.cookie].flatMap { Cookie.value(of: CookieName.session, in: $0) }.flatMap { $0.isEmpty ? nil : $0 }
    }

    /// A path on this site; anything else becomes the home page, so that nobody is sent elsewhere after signing in.
    package static func ownPath(_ text: String?) -> String {
        guard let text, text.hasPrefix("/"), !text.hasPrefix("//"), !text.contains("\\"),
            text.unicodeScalars.allSatisfy({ $0.value > 0x20 && $0.value != 0x7F })
        else { return "/" }
        return text
    }
}
