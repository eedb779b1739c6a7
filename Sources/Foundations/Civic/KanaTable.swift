/// Relations between the kana.
enum KanaTable {
    static func isKatakana(_ scalar: Unicode.Scalar) -> Bool {
        (0x30A1...0x30FA).contains(scalar.value) || scalar.value == 0x30FC
    }

    /// Hiragana as katakana; all else unchanged.
    static func katakana(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        guard (0x3041...0x3096).contains(scalar.value) else { return scalar }
        return Unicode.Scalar(scalar.value + 0x60) ?? scalar
    }

    /// Katakana as hiragana; all else unchanged.
    static func hiragana(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        guard (0x30A1...0x30F6).contains(scalar.value) else { return scalar }
        return Unicode.Scalar(scalar.value - 0x60) ?? scalar
    }

    /// Half-width kana and punctuation (U+FF61 to U+FF9D) in the usual width.
    static func wide(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        let index = Int(scalar.value) - 0xFF61
        return wideForms.indices.contains(index) ? wideForms[index] : scalar
    }

    private static let wideForms = Array(
        "。「」、・ヲァィゥェォャュョッーアイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン".unicodeScalars)

    static let voiced = pairs(
        "カキクケコサシスセソタチツテトハヒフヘホウかきくけこさしすせそたちつてとはひふへほう",
        "ガギグゲゴザジズゼゾダヂヅデドバビブベボヴがぎぐげござじずぜぞだぢづでどばびぶべぼゔ")

    static let halfVoiced = pairs("ハヒフヘホはひふへほ", "パピプペポぱぴぷぺぽ")

    /// What ヴ and a small vowel are commonly written as.
    static let afterVu: [Unicode.Scalar: Unicode.Scalar] = ["ァ": "バ", "ィ": "ビ", "ェ": "ベ", "ォ": "ボ"]

    private static func pairs(_ plain: String, _ marked: String) -> [Unicode.Scalar: Unicode.Scalar] {
        Dictionary(zip(plain.unicodeScalars, marked.unicodeScalars)) { first, _ in first }
    }
}

extension TextFolding {
    /// Hiragana for every katakana, as readings are sorted and printed.
    public static func hiragana(_ text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.map(KanaTable.hiragana)))
    }

    /// Katakana for every hiragana.
    public static func katakana(_ text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.map(KanaTable.katakana)))
    }
}
