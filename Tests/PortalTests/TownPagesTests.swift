import HigoTesting
import JSON
import Testing
import Web

@Suite struct TownPagesTests {
    @Test func listsAll45Municipalities() async throws {
        try await withPortal { site async throws in
            let json = try await site.get("/towns", accept: "application/json").json
            #expect(json["total"] == 45)
            #expect(json["items"]?[0]?["code"] == "431001")
            #expect(json["items"]?[0]?["population"] == 738_865)
            let page = try await site.get("/towns", accept: "text/html").text
            #expect(page.contains("<a href=\"/towns/435317\">"))
        }
    }

    @Test func sortsByPopulationFromTheLargest() async throws {
        try await withPortal { site async throws in
            let items = try await site.get("/towns?sort=-population", accept: "application/json").json["items"]
            let populations = items?.arrayValue?.compactMap { $0["population"]?.intValue } ?? []
            #expect(populations.count == 45)
            #expect(populations == populations.sorted(by: >))
        }
    }

    @Test func refusesAnUnknownOrder() async throws {
        try await withPortal { site async throws in
            let answer = try await site.get("/towns?sort=colour", accept: "application/json")
            #expect(answer.status == 400)
        }
    }

    @Test func showsOneMunicipalityInThreeLanguages() async throws {
        try await withPortal { site async throws in
            let japanese = try await site.get("/towns/432024", accept: "text/html")
            #expect(japanese.status == 200)
            #expect(japanese.text.contains("<h1>八代市</h1>"))
            let easy = try await site.get("/towns/432024?lang=ja-easy", accept: "text/html")
            #expect(easy.text.contains("<rt>やつしろし</rt>"))
            let english = try await site.get("/towns/432024?lang=en", accept: "text/html")
            #expect(english.text.contains("<h1>Yatsushiro City (<span lang=\"ja\">八代市</span>)</h1>"))
            #expect(english.text.contains("<html lang=\"en\""))
        }
    }

    @Test func redirectsFiveDigitCodes() async throws {
        try await withPortal { site async throws in
            let answer = try await site.get("/towns/43202", accept: "text/html")
            #expect(answer.status == 308)
            #expect(answer["location"] == "/towns/432024")
        }
    }

    @Test(arguments: ["432025", "999999", "4320", "abc", "130001"]) func refusesUnknownCodes(code: String) async throws
    {
        try await withPortal { site async throws in
            let page = try await site.get("/towns/\(code)", accept: "text/html")
            #expect(page.status == 404)
            #expect(page.text.contains("ページが見つかりません"))
        }
    }
}
