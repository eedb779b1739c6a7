import Foundation
import Testing
import Web

@Suite struct WordsTests {
    private func book(_ yaml: String, _ language: Language = .ja) throws -> WordBook {
        var words = Words()
        try words.add(yaml: yaml, language: .ja, source: "ja.yaml")
        return words.book(language)
    }

    @Test func fillsInArguments() throws {
        let words = try book("a.found: \"{name}は{n}件です\"")
        #expect(words("a.found", ["name": "八代市", "n": 1761]).text == "八代市は1,761件です")
    }

    @Test(arguments: [(0, "none"), (1, "1 place"), (2, "2 places"), (1761, "1,761 places")])
    func choosesByNumber(number: Int, text: String) throws {
        let words = try book("a.n: \"{n|zero=none|one=1 place|other={n} places}\"")
        #expect(words("a.n", ["n": .number(number)]).text == text)
    }

    @Test func readsReadings() {
        let phrase = Phrase(ruby: "避難所《ひなんじょ》へ 逃《に》げる")
        #expect(phrase.text == "避難所へ 逃げる")
        #expect(
            phrase.html.text
                == "<ruby>避難所<rp>（</rp><rt>ひなんじょ</rt><rp>）</rp></ruby>へ <ruby>逃<rp>（</rp><rt>に</rt><rp>）</rp></ruby>げる")
    }

    @Test func readsReadingsOverAMarkedBase() {
        #expect(Phrase(ruby: "｜あさぎり町《あさぎりちょう》").html.text.hasPrefix("<ruby>あさぎり町<rp>"))
    }

    @Test func leavesBracketsWithoutKanjiAsTheyAre() {
        #expect(Phrase(ruby: "abc《x》").text == "abc《x》")
        #expect(Phrase(ruby: "a《").text == "a《")
    }

    @Test func escapesTexts() throws {
        #expect(try book("a.b: \"1 < 2 & {x}\"")("a.b", ["x": "<i>"]).html.text == "1 &lt; 2 &amp; &lt;i&gt;")
    }

    @Test func fallsBackToJapaneseAndMarksIt() throws {
        let phrase = try book("a.b: 計画", .en)["a.b"]
        #expect(phrase.html.text == "<span lang=\"ja\" data-untranslated>計画</span>")
    }

    @Test func showsKeysThatAreNowhere() throws { #expect(try book("a.b: c")["a.x"].text == "a.x") }

    @Test(arguments: [
        "a.b: \"{n\"", "a.b: \"}\"", "a.b: \"{}\"", "a.b: \"{n|one=1}\"", "a.b: \"{n|one}\"", "- a", "a: {b: c}",
    ])
    func refusesMalformedFiles(yaml: String) {
        #expect(throws: PageKitError.self) { try book(yaml) }
    }

    @Test func refusesAKeyOfTwoFiles() throws {
        var words = Words()
        try words.add(yaml: "a.b: c", language: .ja, source: "one")
        #expect(throws: PageKitError.words("two", "The key 'a.b' is there twice.")) {
            try words.add(yaml: "a.b: d", language: .ja, source: "two")
        }
    }
}
