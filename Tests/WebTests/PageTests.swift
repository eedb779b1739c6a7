import HTTPTypes
import HigoTesting
import JSON
import Storage
import Testing
import Web

@Suite struct PageTests {
    @Test func pagesAreGuarded() async throws {
        try await withTestSite([SiteModule.module]) { site async throws in
            let answer = try await site.get("/page", accept: "text/html")
            #expect(
                answer["content-security-policy"]
                    == "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
                    + "connect-src 'self'; worker-src blob:; font-src 'self'; base-uri 'none'; form-action 'self'")
            #expect(answer["referrer-policy"] == "same-origin")
            #expect(answer["cross-origin-opener-policy"] == "same-origin")
            #expect(answer["permissions-policy"]?.contains("camera=()") == true)
            #expect(answer["strict-transport-security"] == nil)
            #expect(answer["vary"] == "Accept, Accept-Language, Cookie")
        }
    }

    @Test func browsersAreToldToStayWithTLS() async throws {
        func change(_ parts: inout SiteParts) { parts.settings.publicOrigin = "https://higo.example" }
        try await withTestSite([SiteModule.module], change: change) { site async throws in
            let answer = try await site.get("/page?lang=en", accept: "text/html")
            #expect(answer["strict-transport-security"] == "max-age=31536000; includeSubDomains")
            #expect(answer["set-cookie"]?.hasSuffix("; Secure") == true)
        }
    }

    @Test(arguments: [
        ("/page", "", "", "ja"), ("/page", "", "en-US,en;q=0.9,ja;q=0.8", "en"), ("/page", "", "fr, de", "ja"),
        ("/page", "", "en;q=0.2, ja;q=0.7", "ja"), ("/page", "higo-lang=ja-easy", "en", "ja-easy"),
        ("/page?lang=en", "higo-lang=ja-easy", "ja", "en"), ("/page", "higo-lang=xx", "en", "en"),
    ])
    func theReadersLanguageIsFound(target: String, cookie: String, accept: String, language: String) async throws {
        try await withTestSite([SiteModule.module]) { site async throws in
            let answer = try await site.get(
                target, accept: "text/html", headers: [.cookie: cookie, .acceptLanguage: accept])
            #expect(answer.text == "<p lang=\"\(language)\">system</p>")
        }
    }

    @Test func aChosenLanguageAndThemeStayChosen() async throws {
        try await withTestSite([SiteModule.module]) { site async throws in
            let answer = try await site.get("/page?lang=en&theme=dark", accept: "text/html")
            #expect(answer.text == "<p lang=\"en\">dark</p>")
            #expect(
                answer.headers[values: .setCookie] == [
                    "higo-lang=en; Path=/; HttpOnly; SameSite=Lax; Max-Age=31536000",
                    "higo-theme=dark; Path=/; HttpOnly; SameSite=Lax; Max-Age=31536000",
                ])
        }
    }

    @Test func browsersGetErrorPages() async throws {
        try await withTestSite([SiteModule.module], resources: ["Web"]) { site async throws in
            let browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
            let answer = try await site.get("/nowhere", accept: browser)
            #expect(answer.status == 404)
            #expect(answer["content-type"] == "text/html; charset=utf-8")
            #expect(answer["content-security-policy"] != nil)
            #expect(answer.text.contains("/problems/not-found"))
        }
    }

    @Test func everyProblemHasAPageInThreeLanguages() async throws {
        try await withTestSite(resources: ["Web"]) { site async throws in
            for kind in ProblemKind.all {
                for language in Language.allCases {
                    let answer = try await site.get("\(kind.path)?lang=\(language.rawValue)", accept: "text/html")
                    #expect(answer.status == 200)
                    #expect(!answer.text.contains("problem.\(kind.code.rawValue)"), "\(kind.path) in \(language)")
                }
            }
            let overview = try await site.get("/problems", accept: "application/json")
            #expect(overview.json["total"]?.intValue == Refusal.Code.allCases.count)
            #expect(try await site.get("/problems", accept: "text/html").text.contains("/problems/gone"))
            #expect(try await site.get("/problems/none").status == 404)
        }
    }

    @Test func theUnknownAreSentToSignInWhereThereIsAPageForIt() async throws {
        let signIn = Module(
            id: "portal",
            routes: { table, _ in
                table.add(
                    Route(
                        .get, "/sign-in", access: .open,
                        operation: Operation("Sign in.", tag: "account", parameters: [Parameter("return", "Where to.")])
                    ) { _ in .noContent })
            })
        try await withTestSite([SiteModule.module, signIn]) { site async throws in
            let answer = try await site.get("/secret?lang=en&x=%E7%86%8A", accept: "text/html")
            #expect(answer.status == 303)
            #expect(answer["location"] == "/sign-in?return=/secret%3Flang%3Den%26x%3D%25E7%2586%258A")
            #expect(try await site.get("/secret").status == 401)
        }
    }
}
