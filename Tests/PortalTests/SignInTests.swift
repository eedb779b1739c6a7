import HTTPTypes
import HigoTesting
import JSON
import Platform
import Portal
import Storage
import Testing
import Web

@Suite struct SignInTests {
    private static let password = "correct-horse-battery-staple-9"

    private func account(_ site: TestSite) async throws {
        _ = try await site.ports.platform.accounts.create(
            .system("test", clock: site.clock),
            NewAccount(
                tenant: "430005", login: "hanako", displayName: "肥後 花子", password: Self.password,
                roles: [.administrator]))
    }

    @Test func signsInAndLeadsBack() async throws {
        try await withPortal { site async throws in
            try await account(site)
            let answer = try await site.submit(
                "/sign-in", [("login", "hanako"), ("password", Self.password), ("return", "/manage")])
            #expect(answer.status == 303)
            #expect(answer["location"] == "/manage")
            #expect(answer["set-cookie"]?.hasPrefix("higo-session=") == true)
            #expect(answer["set-cookie"]?.contains("HttpOnly; SameSite=Lax") == true)
        }
    }

    @Test func keepsTheLoginAfterAWrongPassword() async throws {
        try await withPortal { site async throws in
            try await account(site)
            let answer = try await site.submit("/sign-in", [("login", "hanako"), ("password", "wrong")])
            #expect(answer.status == 400)
            #expect(answer.text.contains("<title>エラー: "))
            #expect(answer.text.contains("value=\"hanako\""))
            #expect(answer.text.contains("href=\"#field-login\""))
            #expect(!answer.text.contains("wrong"))
        }
    }

    @Test(arguments: ["https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere.example", "/a\r\nb", ""])
    func leadsNowhereElse(path: String) {
        #expect(SignInPages.ownPath(path) == "/")
    }

    @Test func leadsToPathsOfItsOwn() {
        #expect(SignInPages.ownPath("/towns?sort=-area") == "/towns?sort=-area")
        #expect(SignInPages.ownPath(nil) == "/")
    }
}
