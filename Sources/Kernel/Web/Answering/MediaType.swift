/// A media type without its parameters, in lower case (RFC 9110 §8.3.1), or a range of them such as `text/*`.
package struct MediaType: Sendable, Hashable {
    /// `application/json`.
    package let essence: String
    /// `application/json; charset=utf-8` as it was written.
    package let text: String

    package init(_ text: String) {
        self.text = text
        let bare = text.prefix { $0 != ";" }
        essence =
            bare.utf8.contains { $0 == UInt8(ascii: " ") || (0x41...0x5A).contains($0) }
            ? bare.filter { $0 != " " }.lowercased() : String(bare)
    }

    /// Whether a concrete type lies in this range.
    package func contains(_ type: MediaType) -> Bool {
        if essence == type.essence || essence == "*/*" { return true }
        guard essence.hasSuffix("/*") else { return false }
        return type.essence.hasPrefix(essence.dropLast())
    }

    /// How exactly this range names a type: 2 for the type itself, 0 for any.
    package var rank: Int { essence == "*/*" ? 0 : essence.hasSuffix("/*") ? 1 : 2 }

    /// The value of a parameter such as `boundary`, without its quotes.
    package func parameter(_ name: String) -> String? {
        for piece in text.split(separator: ";").dropFirst() {
            let pair = piece.split(separator: "=", maxSplits: 1)
            guard pair.count == 2, pair[0].filter({ $0 != " " }).lowercased() == name else { continue }
            let value = pair[1].drop { $0 == " " }
            return value.hasPrefix("\"") ? String(value.dropFirst().prefix { $0 != "\"" }) : String(value)
        }
        return nil
    }
}
