import Connect
import HigoTesting
import JSON
import Testing
import Web

struct RemarkTests {
    @Test func readsBackWhatItStored() {
        for kind in Remark.Kind.allCases {
            let remark = Remark(kind, ["名称", "2"], place: "stops.txt")
            #expect(Remark(stored: remark.json.description) == remark)
        }
        let sentence = "The row names no sensor."
        #expect(Remark(stored: sentence) == Remark(.other, [sentence]))
        #expect(Remark(stored: sentence).text == sentence)
    }

    @Test func saysEveryKindInEveryLanguage() async throws {
        try await withTestSite([], resources: ["Web", "Connect"]) { site in
            let words = site.ports.pages.words
            for kind in Remark.Kind.allCases where kind != .other {
                for language in Language.allCases {
                    #expect(words.keys(language).contains("connect.remark.\(kind.rawValue)"), "\(kind) \(language)")
                }
                let remark = Remark(kind, ["12", "34"], place: "stops.txt")
                #expect(remark.phrase(words.book(.en)).text == remark.text)
                #expect(remark.phrase(words.book(.ja)).text.hasPrefix("stops.txt："))
            }
        }
    }
}
