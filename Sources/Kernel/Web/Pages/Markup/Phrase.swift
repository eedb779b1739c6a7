/// A short text for readers in two forms: plain, for titles and attributes, and HTML, with readings over kanji.
///
/// A string literal or `Phrase(text)` is plain text and gets escaped; texts of the words files come with readings.
public struct Phrase: Sendable, Hashable, ExpressibleByStringInterpolation {
    public var text: String
    public var html: HTML

    public init(_ text: String) {
        self.text = text
        html = HTML(escaping: text)
    }

    public init(text: String, html: HTML) {
        self.text = text
        self.html = html
    }

    public init(stringLiteral value: String) { self.init(value) }

    public static func + (left: Phrase, right: Phrase) -> Phrase {
        Phrase(text: left.text + right.text, html: left.html + right.html)
    }
}
