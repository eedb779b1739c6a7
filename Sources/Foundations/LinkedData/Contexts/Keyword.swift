/// Words that JSON-LD 1.1 keeps for itself (§1.7).
enum Keyword {
    static let all: Set<String> = [
        "@base", "@container", "@context", "@direction", "@graph", "@id", "@import", "@included", "@index", "@json",
        "@language", "@list", "@nest", "@none", "@prefix", "@propagate", "@protected", "@reverse", "@set", "@type",
        "@value", "@version", "@vocab",
    ]

    static func isKeyword(_ text: String) -> Bool { text.utf8.first == UInt8(ascii: "@") && all.contains(text) }

    /// Whether a text looks like a keyword, known or of times to come: `@` and letters.
    static func hasForm(_ text: String) -> Bool {
        let rest = text.utf8.dropFirst()
        return text.utf8.first == UInt8(ascii: "@") && !rest.isEmpty
            && rest.allSatisfy { (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0) }
    }
}
