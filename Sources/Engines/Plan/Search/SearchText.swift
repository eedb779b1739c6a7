import Foundation

/// Text as it is compared in searches: full-width and half-width letters, large and small letters, and katakana and
/// hiragana are the same; all white space is one space.
enum SearchText {
    static func folded(_ text: String) -> String {
        var folded = String.UnicodeScalarView()
        for scalar in text.precomposedStringWithCompatibilityMapping.lowercased().unicodeScalars {
            switch scalar.value {
            case 0x30A1...0x30F6: folded.append(Unicode.Scalar(scalar.value - 0x60) ?? scalar)
            case _ where scalar.properties.isWhitespace: folded.append(" ")
            default: folded.append(scalar)
            }
        }
        return String(folded)
    }
}
