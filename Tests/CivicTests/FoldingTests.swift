import Civic
import Testing

@Suite struct FoldingTests {
    @Test(arguments: [
        ("ＡＥＤ　設置", "AED 設置"), ("ｺﾐｭﾆﾃｨｾﾝﾀｰ", "コミュニティセンター"), ("ﾊﾟﾝﾀﾞ", "パンダ"), ("か\u{3099}", "が"), ("コ―ド", "コード"),
        ("1‐2－3", "1-2-3"), ("①②", "12"), ("㈱肥後", "(株)肥後"), ("  a \u{3000} b ", "a b"), ("ＪＲ熊本駅", "JR熊本駅"),
    ])
    func normalizes(text: String, expected: String) {
        #expect(TextFolding.normalized(text) == expected)
    }

    @Test(arguments: [
        ("ヴァイオリン", "バイオリン"), ("らーめん", "ラーメン"), ("コ―ド", "コード"), ("サーバｰ", "サーバー"), ("Ａed", "AED"), ("ゔ", "ブ"),
        ("ｳﾞｨﾗ", "ビラ"), ("1−2", "1ー2"),
    ])
    func comparesSpellingsAsEqual(left: String, right: String) {
        #expect(TextFolding.key(left) == TextFolding.key(right))
    }

    @Test(arguments: [
        ("都道府県コ―ド又は市区町村コ―ド", "都道府県コード又は市区町村コード"), ("建物名等(方書)", "建物名等（方書）"), ("名称_カナ", "名称 カナ"),
        ("telephone　number", "telephoneNumber"),
    ])
    func comparesNamesOfColumns(left: String, right: String) {
        #expect(TextFolding.headerKey(left) == TextFolding.headerKey(right))
    }

    @Test func keepsDifferentWordsApart() {
        #expect(TextFolding.key("ビル") != TextFolding.key("ビール"))
        #expect(TextFolding.headerKey("緯度") != TextFolding.headerKey("経度"))
    }

    @Test func turnsKanaBothWays() {
        #expect(TextFolding.hiragana("クマモト") == "くまもと")
        #expect(TextFolding.katakana("くまもと") == "クマモト")
    }

    @Test func foldingTwiceChangesNothing() {
        var seed: UInt32 = 1
        for _ in 0..<2_000 {
            var text = String.UnicodeScalarView()
            for _ in 0..<8 {
                seed = seed &* 1_664_525 &+ 1_013_904_223
                if let scalar = Unicode.Scalar(0x2000 + (seed >> 8) % 0xDF00) { text.append(scalar) }
            }
            let once = TextFolding.key(String(text))
            #expect(TextFolding.key(once) == once, "\(String(text).unicodeScalars.map(\.value))")
        }
    }
}
