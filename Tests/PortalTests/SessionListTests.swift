import Foundation
import HTTPTypes
import HigoTesting
import JSON
import Platform
import Portal
import Storage
import Testing
import Web

@Suite struct SessionListTests {
    private static let password = "correct-horse-battery-staple-9"

    private func signIn(_ login: String, _ site: TestSite) async throws -> String {
        let answer = try await site.submit("/sign-in", [("login", login), ("password", Self.password)])
        return String((answer["set-cookie"] ?? "").prefix { $0 != ";" })
    }

    private func account(_ login: String, _ site: TestSite) async throws {
        _ = try await site.ports.platform.accounts.create(
            .system("test", clock: site.clock),
            NewAccount(tenant: "430005", login: login, displayName: login, password: Self.password))
    }

    private func sessions(_ cookie: String, _ site: TestSite) async throws -> [JSON] {
        let answer = try await site.get("/account", accept: "application/json", headers: [.cookie: cookie])
        return answer.json["sessions"]?.arrayValue ?? []
    }

    private func end(_ id: String, _ cookie: String, _ site: TestSite) async throws -> TestAnswer {
        let page = try await site.get("/account", accept: "text/html", headers: [.cookie: cookie]).text
        let start = try #require(page.range(of: "name=\"\(Form.tokenField)\" value=\"")).upperBound
        let token = String(page[start...].prefix { $0 != "\"" })
        return try await site.submit(
            "/account/sessions/end", [("session", id), (Form.tokenField, token)], headers: [.cookie: cookie])
    }

    @Test func endsAnotherSessionOfOnesOwn() async throws {
        try await withPortal { site async throws in
            try await account("hanako", site)
            let (here, there) = (try await signIn("hanako", site), try await signIn("hanako", site))
            let listed = try await sessions(here, site)
            #expect(listed.count == 2)
            let other = try #require(listed.first { $0["current"] == false }?["id"]?.stringValue)
            let answer = try await end(other, here, site)
            #expect(answer.status == 303)
            #expect(try await sessions(here, site).count == 1)
            #expect(try await sessions(there, site).isEmpty)
        }
    }

    @Test func endsNoSessionOfAnotherPerson() async throws {
        try await withPortal { site async throws in
            try await account("hanako", site)
            try await account("tarou", site)
            let (hers, his) = (try await signIn("hanako", site), try await signIn("tarou", site))
            let id = try #require(try await sessions(hers, site).first?["id"]?.stringValue)
            #expect(try await end(id, his, site).status == 404)
            #expect(try await sessions(hers, site).count == 1)
        }
    }
}
