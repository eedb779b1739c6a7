import Storage

/// The path and query of a request as they stand in its first line (RFC 9112 §3.2), taken apart and percent-decoded.
package struct RequestTarget: Sendable {
    /// Longest target that a route takes, in bytes.
    package static let maximumLength = 8_192

    /// The decoded path.
    package let path: String
    /// The decoded bytes of the path; `segments` are ranges of it.
    package let bytes: [UInt8]
    /// What stands between the slashes. `/` has none, and a slash at the end makes an empty last one. A slash that
    /// was written `%2F` separates nothing.
    package let segments: [Range<Int>]
    /// What follows the question mark, not yet decoded.
    package let query: Substring

    package init(_ target: String) throws(Refusal) {
        guard target.utf8.first == UInt8(ascii: "/") else {
            throw Refusal(.badRequest, "The address of the request must begin with '/'.")
        }
        let parts = Self.split(target)
        query = parts.query
        (bytes, segments) = try Self.decode(parts.path)
        path = bytes.count == parts.path.utf8.count ? String(parts.path) : String(decoding: bytes, as: UTF8.self)
    }

    /// Cuts at the first `?` and drops a fragment, which no client should send.
    private static func split(_ target: String) -> (path: Substring, query: Substring) {
        let whole = target[..<(target.utf8.firstIndex(of: UInt8(ascii: "#")) ?? target.endIndex)]
        guard let mark = whole.utf8.firstIndex(of: UInt8(ascii: "?")) else { return (whole, "") }
        return (whole[..<mark], whole[whole.utf8.index(after: mark)...])
    }

    private static func decode(_ path: Substring) throws(Refusal) -> (bytes: [UInt8], segments: [Range<Int>]) {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(path.utf8.count)
        var segments: [Range<Int>] = []
        segments.reserveCapacity(6)
        var start = 1
        var decoder = PercentDecoder(path.utf8)
        while let unit = try decoder.next() {
            guard unit.byte >= 0x20, unit.byte != 0x7F else {
                throw Refusal(.badRequest, "The path of the address contains a control character; remove it.")
            }
            if unit.byte == UInt8(ascii: "/"), !unit.wasEncoded {
                if !bytes.isEmpty { segments.append(start..<bytes.count) }
                start = bytes.count + 1
            }
            bytes.append(unit.byte)
        }
        if bytes.count > 1 { segments.append(start..<bytes.count) }
        guard bytes.count == path.utf8.count || String(validating: bytes, as: UTF8.self) != nil else {
            throw Refusal(.badRequest, "The path of the address is not UTF-8 after percent-decoding.")
        }
        return (bytes, segments)
    }
}
