/// What a client takes, in the order of its wishes: `Accept`, `Accept-Language` or `Accept-Encoding` (RFC 9110 §12.5).
package struct Accept: Sendable {
    package struct Choice: Sendable, Hashable {
        package let value: String
        /// 0 to 1; 0 means «never».
        package let quality: Double
    }

    /// In the order written.
    package let choices: [Choice]

    package init(_ text: String) {
        choices = text.utf8.split(separator: UInt8(ascii: ",")).prefix(64).compactMap { piece in
            Self.choice(Substring(piece))
        }
    }

    private static func choice(_ piece: Substring) -> Choice? {
        let parts = piece.split(separator: ";")
        guard let value = parts.first?.filter({ $0 != " " && $0 != "\t" }), !value.isEmpty else { return nil }
        let weights = parts.dropFirst().lazy.map { $0.filter { $0 != " " }.lowercased() }
        let quality = weights.first { $0.hasPrefix("q=") }.flatMap { Double($0.dropFirst(2)) } ?? 1
        return Choice(value: value.lowercased(), quality: quality.isNaN ? 0 : min(max(quality, 0), 1))
    }

    /// The type that the client likes best among those offered, the earlier of equal ones; `nil` if it takes none.
    package func best(of offered: [MediaType]) -> MediaType? {
        var best: (type: MediaType, quality: Double)?
        for type in offered {
            let quality = quality(of: type)
            if quality > best?.quality ?? 0 { best = (type, quality) }
        }
        return best?.type
    }

    /// The wish for one type: the most exact range that contains it decides.
    package func quality(of type: MediaType) -> Double {
        var best = (rank: -1, quality: 0.0)
        for choice in choices {
            let range = MediaType(choice.value)
            if range.rank > best.rank, range.contains(type) { best = (range.rank, choice.quality) }
        }
        return best.quality
    }

    /// The wish for a token such as `gzip`; `*` stands for those not named.
    package func quality(ofToken token: String) -> Double {
        choices.first { $0.value == token }?.quality ?? choices.first { $0.value == "*" }?.quality ?? 0
    }
}
