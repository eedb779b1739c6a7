/// What ids and names may be (ETSI GS CIM 009 clauses 4.5.1, 4.6.2 and 4.6.3).
package enum Names {
    static let longestID = 512
    static let longestName = 200

    /// Whether a text is an absolute URI: a scheme, a colon, and no character that RFC 3986 excludes. Letters outside
    /// ASCII pass, so that IRIs do.
    package static func isURI(_ text: String) -> Bool {
        let bytes = text.utf8
        guard bytes.count <= longestID, let colon = bytes.firstIndex(of: UInt8(ascii: ":")), colon > bytes.startIndex,
            bytes.index(after: colon) < bytes.endIndex
        else { return false }
        return isScheme(bytes[..<colon]) && bytes.allSatisfy(isAllowedInURI)
    }

    private static func isScheme(_ bytes: Substring.UTF8View) -> Bool {
        guard let first = bytes.first, isLetter(first) else { return false }
        return bytes.allSatisfy { isLetter($0) || isDigit($0) || $0 == 0x2B || $0 == 0x2D || $0 == 0x2E }
    }

    private static func isAllowedInURI(_ byte: UInt8) -> Bool {
        switch byte {
        case 0...0x20, 0x7F, UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\""), UInt8(ascii: "{"),
            UInt8(ascii: "}"), UInt8(ascii: "|"), UInt8(ascii: "\\"), UInt8(ascii: "^"), UInt8(ascii: "`"):
            false
        default: true
        }
    }

    /// Whether a text is a type or attribute name: a term, a prefixed name or an IRI. Nothing that the query language
    /// uses as an operator may stand in it, except the characters of an IRI.
    package static func isName(_ text: String) -> Bool {
        let bytes = text.utf8
        guard let first = bytes.first, bytes.count <= longestName else { return false }
        guard isLetter(first) || first >= 0x80 || first == UInt8(ascii: "_") else { return false }
        if bytes.contains(UInt8(ascii: ":")) { return isURI(text) }
        return bytes.allSatisfy { isLetter($0) || isDigit($0) || $0 >= 0x80 || $0 == 0x5F || $0 == 0x2D }
    }

    package static func isID(_ text: String, _ naming: Naming) -> Bool {
        naming == .free ? isFree(text) : isURI(text)
    }

    package static func isName(_ text: String, _ naming: Naming) -> Bool {
        naming == .free ? isFree(text) : isName(text)
    }

    /// Whether a text is a scope: `/` and a level, once or more (clause 4.18), none of it with meaning in a scope query.
    package static func isScope(_ text: String) -> Bool {
        let bytes = text.utf8
        guard bytes.first == UInt8(ascii: "/"), bytes.last != UInt8(ascii: "/"), bytes.count <= longestID else {
            return false
        }
        var last: UInt8 = 0
        for byte in bytes {
            if byte <= 0x20 || byte == 0x7F || scopeOperators.contains(byte) { return false }
            if byte == UInt8(ascii: "/"), last == byte { return false }
            last = byte
        }
        return true
    }

    private static let scopeOperators = Array(##"#+,;|()""##.utf8)

    private static func isFree(_ text: String) -> Bool {
        let bytes = text.utf8
        return !bytes.isEmpty && bytes.count <= longestID
            && bytes.allSatisfy { byte in
                byte > 0x20 && byte != 0x7F && !forbidden.contains(byte)
            }
    }

    private static let forbidden = Array(#"<>"'=;()"#.utf8)

    private static func isLetter(_ byte: UInt8) -> Bool { (65...90).contains(byte) || (97...122).contains(byte) }
    private static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }
}
