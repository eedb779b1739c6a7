/// Folds the many spellings of the same Japanese text into one.
///
/// - ``normalized(_:)`` keeps what a reader sees as the text: half-width katakana, full-width Latin, circled numbers, combining
///   voice marks and kinds of dash and space become the usual ones (close to Unicode NFKC, without touching other letters).
/// - ``key(_:)`` is for comparing and searching: also one case, one kana, one dash, ヴ as ブ.
/// - ``headerKey(_:)`` is for names of columns: also without spaces and punctuation.
public enum TextFolding {
    public static func normalized(_ text: String) -> String {
        if text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) { return text }
        var output = String.UnicodeScalarView()
        var pendingSpace = false
        for scalar in text.unicodeScalars {
            if scalar.properties.isWhitespace || scalar.value == 0x200B || scalar.value == 0xFEFF {
                pendingSpace = !output.isEmpty
                continue
            }
            if pendingSpace { output.append(" ") }
            pendingSpace = false
            append(scalar, to: &output)
        }
        return String(output)
    }

    public static func key(_ text: String) -> String {
        var output = String.UnicodeScalarView()
        var source = normalized(text).unicodeScalars.makeIterator()
        var held = source.next()
        while let scalar = held {
            held = source.next()
            let katakana = KanaTable.katakana(scalar)
            if katakana == "ヴ" {
                output.append(KanaTable.afterVu[held.map(KanaTable.katakana) ?? " "] ?? "ブ")
                if let small = held, KanaTable.afterVu[KanaTable.katakana(small)] != nil { held = source.next() }
            } else if isDash(katakana) {
                output.append("-")
            } else {
                output.append(contentsOf: katakana.properties.lowercaseMapping.unicodeScalars)
            }
        }
        return String(output)
    }

    /// Letters and digits of ``key(_:)`` alone, and the long vowel as `-` after kana.
    public static func headerKey(_ text: String) -> String {
        var output = String.UnicodeScalarView()
        for scalar in key(text).unicodeScalars {
            if scalar == "-" {
                if let last = output.last, KanaTable.isKatakana(last) { output.append(scalar) }
            } else if scalar.properties.isAlphabetic || scalar.properties.numericType != nil || scalar == "㎡" {
                output.append(scalar)
            }
        }
        return String(output)
    }

    /// Hyphens, dashes, minus signs, box lines and the long vowel mark, which are typed for one another.
    static func isDash(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x2D, 0x2010...0x2015, 0x2212, 0x2500, 0x2501, 0x30FC, 0xFE63, 0xFF0D, 0xFF70, 0x4E28, 0x02D7: true
        default: false
        }
    }

    private static func append(_ scalar: Unicode.Scalar, to output: inout String.UnicodeScalarView) {
        switch scalar.value {
        case 0xFF01...0xFF5E: output.append(Unicode.Scalar(UInt8(scalar.value - 0xFEE0)))
        case 0xFF61...0xFF9D: output.append(KanaTable.wide(scalar))
        case 0xFF9E, 0x3099, 0x309B: voice(&output, with: KanaTable.voiced, else: "゛")
        case 0xFF9F, 0x309A, 0x309C: voice(&output, with: KanaTable.halfVoiced, else: "゜")
        case 0x2010...0x2015, 0x2212, 0x2500, 0x2501, 0xFE63, 0x02D7: appendDash(to: &output)
        case 0x301C: output.append("~")
        case 0x2460...0x2473: output.append(contentsOf: String(scalar.value - 0x2460 + 1).unicodeScalars)
        case 0x2160...0x216B: output.append(contentsOf: roman[Int(scalar.value - 0x2160)].unicodeScalars)
        case 0x3231: output.append(contentsOf: "(株)".unicodeScalars)
        case 0x3232: output.append(contentsOf: "(有)".unicodeScalars)
        case 0x2116: output.append(contentsOf: "No".unicodeScalars)
        default: output.append(scalar)
        }
    }

    /// After kana a stray dash is a long vowel typed wrongly, elsewhere a hyphen.
    private static func appendDash(to output: inout String.UnicodeScalarView) {
        if let last = output.last, KanaTable.isKatakana(last) { output.append("ー") } else { output.append("-") }
    }

    private static func voice(
        _ output: inout String.UnicodeScalarView, with table: [Unicode.Scalar: Unicode.Scalar],
        else mark: Unicode.Scalar
    ) {
        guard let last = output.last, let voiced = table[last] else {
            output.append(mark)
            return
        }
        output.removeLast()
        output.append(voiced)
    }

    private static let roman = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"]
}
