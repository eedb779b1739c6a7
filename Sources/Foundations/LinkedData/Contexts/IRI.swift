import Foundation

/// What is asked of IRIs as texts (RFC 3987). No IRI is ever changed by this.
public enum IRI {
    /// Where `prefix:suffix` is cut: before the first colon that is not the first character.
    static func parts(of text: String) -> (prefix: Substring, suffix: Substring)? {
        let bytes = text.utf8
        guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")), colon != bytes.startIndex else { return nil }
        return (text[..<colon], text[bytes.index(after: colon)...])
    }

    /// Whether a text begins with a scheme and a colon, which is all that JSON-LD asks of an absolute IRI.
    public static func isAbsolute(_ text: String) -> Bool {
        guard let (scheme, _) = parts(of: text), let first = scheme.utf8.first, isLetter(first) else { return false }
        return scheme.utf8.allSatisfy { byte in
            isLetter(byte) || (0x30...0x39).contains(byte) || byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-")
                || byte == UInt8(ascii: ".")
        }
    }

    /// What follows a prefix, byte by byte; nil if it is another beginning or nothing follows.
    static func rest(of iri: String, after prefix: String) -> String? {
        let (whole, start) = (iri.utf8, prefix.utf8)
        guard whole.count > start.count, whole.starts(with: start) else { return nil }
        return String(whole.dropFirst(start.count))
    }

    static func isBlankNode(_ text: some StringProtocol) -> Bool { text.hasPrefix("_:") }

    /// Whether a term with this IRI may begin compact IRIs without saying `@prefix`.
    static func endsAsPrefix(_ iri: String) -> Bool {
        guard let last = iri.utf8.last else { return false }
        return ":/?#[]@".utf8.contains(last)
    }

    /// A reference as an absolute address (RFC 3986 §5); nil if it is relative and there is no base, or is no address.
    public static func resolve(_ reference: String, against base: String?) -> String? {
        if isAbsolute(reference) { return reference }
        guard let base, let baseURL = URL(string: base) else { return nil }
        return URL(string: reference, relativeTo: baseURL)?.absoluteString
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
    }
}
