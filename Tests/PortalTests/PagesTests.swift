import HTTPTypes
import HigoTesting
import JSON
import Platform
import Portal
import Storage
import Testing
import Web

@Suite struct PagesTests {
    static let paths = [
        "/", "/towns", "/search", "/about", "/accessibility", "/api", "/sign-in", "/account", "/problems",
    ]

    @Test(arguments: paths, Language.allCases) func answersInEveryLanguage(path: String, language: Language)
        async throws
    {
        try await withPortal { site async throws in
            let page = try await site.get("\(path)?lang=\(language.rawValue)", accept: "text/html")
            #expect(page.status == 200)
            #expect(page.text.contains("data-language=\"\(language.rawValue)\""))
            #expect(page.text.count(of: "<h1") == 1)
            #expect(!page.text.contains("portal."), "a key stands where a text should")
            #expect(!page.text.contains("style="))
        }
    }

    @Test(arguments: paths) func answersTheSameFactsAsJSON(path: String) async throws {
        try await withPortal { site async throws in
            let answer = try await site.get(path, accept: "application/json")
            #expect(answer.status == 200)
            #expect(try answer.json.objectValue != nil)
        }
    }

    @Test func keepsLanguageAndThemeByLinks() async throws {
        try await withPortal { site async throws in
            let page = try await site.get("/search?q=AED&theme=dark", accept: "text/html").text
            #expect(page.contains("data-theme=\"dark\""))
            #expect(page.contains("href=\"/search?q=AED&amp;lang=en\""))
        }
    }

    @Test func showsTheHomePageWithoutData() async throws {
        try await withPortal { site async throws in
            let page = try await site.get("/", accept: "text/html").text
            #expect(page.contains("まだデータがありません。"))
            let answer = try await site.get("/", accept: "application/json")
            #expect(try answer.json["linked"]?["entities"] == 0)
        }
    }

    @Test func sendsTheAnonymousToSignInForManagement() async throws {
        try await withPortal { site async throws in
            let answer = try await site.get("/manage", accept: "text/html")
            #expect(answer.status == 303)
            #expect(answer["location"] == "/sign-in?return=/manage")
        }
    }

    @Test func showsAdministratorsWhatTheyMayDo() async throws {
        try await withPortal { site async throws in
            let page = try await site.get("/manage", as: .administrator, accept: "text/html")
            #expect(page.text.contains("href=\"/manage/users\""))
            let answer = try await site.get("/manage/users", as: .administrator, accept: "application/json")
            #expect(try answer.json["total"] == 0)
        }
    }
}

extension String {
    fileprivate func count(of part: String) -> Int { ranges(of: part).count }
}
