import JSON

/// Text that is HTML already. Plain text becomes HTML only by `HTML(escaping:)`.
public struct HTML: Sendable, Hashable {
    public var text: String

    public init(raw text: String) { self.text = text }

    /// Escapes `&`, `<`, `>`, `"` and `'`.
    public init(escaping text: String) {
        var escaped = ""
        escaped.reserveCapacity(text.utf8.count)
        for character in text.unicodeScalars {
            switch character {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "'": escaped += "&#39;"
            default: escaped.unicodeScalars.append(character)
            }
        }
        self.text = escaped
    }

    public static func + (left: HTML, right: HTML) -> HTML { HTML(raw: left.text + right.text) }
}

/// The facts of a page or panel as JSON, so that each page answers `Accept: application/json` with the same.
public typealias JSONFacts = JSON
