import Foundation

/// Text as the text index compares it: compatibility forms, case, kana and separators made equal.
///
/// What is left are runs of letters and digits, joined by single spaces. Katakana becomes hiragana, so バス finds ばす.
package enum TextFolding {
    package static func fold(_ text: String) -> String {
        let normal = text.unicodeScalars.allSatisfy(isCompatible) ? text : normalized(text)
        var folded = String.UnicodeScalarView()
        var gap = false
        for scalar in normal.unicodeScalars {
            guard isWordPart(scalar) else {
                gap = gap || !isIgnored(scalar)
                continue
            }
            if gap, !folded.isEmpty { folded.append(" ") }
            gap = false
            append(scalar, to: &folded)
        }
        return String(folded)
    }

    /// Foundation's compatibility mapping leaves half-width voiced kana in two scalars, so composition follows it.
    private static func normalized(_ text: String) -> String {
        text.precomposedStringWithCompatibilityMapping.precomposedStringWithCanonicalMapping
    }

    /// Scalars that the compatibility mapping leaves as they are; all other text takes the slow way.
    private static func isCompatible(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x00...0x7F, 0x3001...0x3096, 0x30A1...0x30FE, 0x3400...0x9FFF: true
        default: false
        }
    }

    private static func isWordPart(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x3041...0x3096, 0x30A1...0x30FA, 0x30FC, 0x3400...0x9FFF: true
        case 0x00...0x7F: false
        default: isLetterOrNumber(scalar.properties.generalCategory)
        }
    }

    private static func isLetterOrNumber(_ category: Unicode.GeneralCategory) -> Bool {
        switch category {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber,
            .letterNumber, .otherNumber, .nonspacingMark, .spacingMark:
            true
        default: false
        }
    }

    /// Variation selectors and joiners part no words.
    private static func isIgnored(_ scalar: Unicode.Scalar) -> Bool { scalar.properties.isDefaultIgnorableCodePoint }

    private static func append(_ scalar: Unicode.Scalar, to folded: inout String.UnicodeScalarView) {
        switch scalar.value {
        case 0x41...0x5A: folded.append(Unicode.Scalar(UInt8(scalar.value + 0x20)))
        case 0x30A1...0x30F6:
            if let hiragana = Unicode.Scalar(scalar.value - 0x60) { folded.append(hiragana) }
        case 0xFE00...0xFE0F, 0xE0100...0xE01EF: break
        case 0x00...0x7F, 0x3041...0x9FFF: folded.append(scalar)
        default: folded.append(contentsOf: scalar.properties.lowercaseMapping.unicodeScalars)
        }
    }
}

/// Pairs of neighbouring characters, by which the text index finds words.
package enum Bigrams {
    /// Every pair of each run, and the last character alone, so that a search for one character is a search for the
    /// beginning of a pair.
    package static func ofDocument(_ folded: String) -> [String] {
        folded.split(separator: " ").flatMap { run in
            let pairs = pairs(of: run)
            return pairs + [run.unicodeScalars.last.map { String($0) } ?? ""]
        }
    }

    /// The pairs of one word of two or more characters.
    package static func pairs(of word: Substring) -> [String] {
        let scalars = Array(word.unicodeScalars)
        guard scalars.count > 1 else { return [] }
        return (0..<scalars.count - 1).map { position in
            var pair = String.UnicodeScalarView()
            pair.append(scalars[position])
            pair.append(scalars[position + 1])
            return String(pair)
        }
    }

    /// Every character and pair once, for an index of sets.
    package static func set(of folded: String) -> [String] {
        let singles = folded.unicodeScalars.lazy.filter { $0 != " " }.map { String($0) }
        return Set(ofDocument(folded)).union(singles).sorted()
    }
}
