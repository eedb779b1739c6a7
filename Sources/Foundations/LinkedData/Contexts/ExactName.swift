/// A name compared code point by code point, as JSON-LD does: two spellings of が are two terms.
struct ExactName: Hashable, Sendable {
    let text: String

    init(_ text: String) { self.text = text }

    /// Equal bytes are always equal strings, so the cheap comparison goes first.
    static func == (left: ExactName, right: ExactName) -> Bool {
        left.text == right.text && left.text.utf8.elementsEqual(right.text.utf8)
    }

    /// The order of two terms for one IRI: the shorter first, then by code point (JSON-LD API §4.3).
    static func isBetter(_ left: String, than right: String) -> Bool {
        let (leftLength, rightLength) = (left.unicodeScalars.count, right.unicodeScalars.count)
        if leftLength != rightLength { return leftLength < rightLength }
        return left.unicodeScalars.lexicographicallyPrecedes(right.unicodeScalars)
    }
}
