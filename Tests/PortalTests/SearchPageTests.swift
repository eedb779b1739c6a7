import HigoTesting
import JSON
import Portal
import Testing
import Web

@Suite struct SearchPageTests {
    @Test(arguments: ["八代", "やつしろ", "yatsushiro", "432024"]) func findsMunicipalities(words: String) async throws {
        try await withPortal { site async throws in
            let query = Call.percentEncoded(words, keeping: "")
            let json = try await site.get("/search?q=\(query)", accept: "application/json").json
            #expect(json["groups"]?[0]?["hits"]?[0]?["path"] == "/towns/432024")
        }
    }

    @Test func findsPagesByTheirOwnWords() async throws {
        try await withPortal { site async throws in
            let query = Call.percentEncoded("目標", keeping: "")
            let page = try await site.get("/search?q=\(query)", accept: "text/html").text
            #expect(page.contains("<a href=\"/accessibility\">"))
            #expect(page.contains("<mark>目標</mark>"))
        }
    }

    @Test func saysWhatToDoWhenNothingIsFound() async throws {
        try await withPortal { site async throws in
            let page = try await site.get("/search?q=zzzz", accept: "text/html")
            #expect(page.status == 200)
            #expect(page.text.contains("0件見つかりました。"))
        }
    }

    @Test func asksForWordsWithoutAQuery() async throws {
        try await withPortal { site async throws in
            let answer = try await site.get("/search", accept: "application/json")
            #expect(try answer.json["total"] == 0)
        }
    }

    @Test func escapesWhatWasSearched() async throws {
        try await withPortal { site async throws in
            let page = try await site.get("/search?q=%3Cscript%3E", accept: "text/html").text
            #expect(!page.contains("<script>"))
        }
    }

    @Test func marksTheWordsInAText() {
        #expect(SearchResults.marked("八代市の避難所", "避難 八代").text == "<mark>八代</mark>市の<mark>避難</mark>所")
        #expect(SearchResults.marked("a<b", "b").text == "a&lt;<mark>b</mark>")
    }
}
