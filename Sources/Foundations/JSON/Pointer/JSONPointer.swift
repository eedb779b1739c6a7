/// Names one value inside a JSON value (RFC 6901).
public struct JSONPointer: Sendable, Hashable, CustomStringConvertible {
    /// Reference tokens with their escapes resolved; none for the whole value.
    public var tokens: [String]

    public init(tokens: [String] = []) { self.tokens = tokens }

    /// Reads a pointer such as `/a~1b/0`.
    public init(_ text: String) throws(JSONPointerError) {
        guard text.isEmpty || text.utf8.first == UInt8(ascii: "/") else { throw .syntax }
        var tokens: [String] = []
        for part in text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).dropFirst() {
            tokens.append(try JSONPointer.unescaped(Substring(part)))
        }
        self.init(tokens: tokens)
    }

    /// The pointer as text, with `~` and `/` escaped.
    public var description: String {
        tokens.map { "/" + JSONPointer.escaped($0) }.joined()
    }

    private static func unescaped(_ token: Substring) throws(JSONPointerError) -> String {
        var bytes: [UInt8] = []
        var rest = token.utf8[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "~") else {
                bytes.append(byte)
                continue
            }
            switch rest.popFirst() {
            case UInt8(ascii: "0"): bytes.append(UInt8(ascii: "~"))
            case UInt8(ascii: "1"): bytes.append(UInt8(ascii: "/"))
            default: throw .syntax
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func escaped(_ token: String) -> String {
        var bytes: [UInt8] = []
        for byte in token.utf8 {
            switch byte {
            case UInt8(ascii: "~"): bytes += [UInt8(ascii: "~"), UInt8(ascii: "0")]
            case UInt8(ascii: "/"): bytes += [UInt8(ascii: "~"), UInt8(ascii: "1")]
            default: bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

/// Why a JSON Pointer cannot be read or followed.
public enum JSONPointerError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The text does not begin with `/`, or a `~` is not followed by `0` or `1` (RFC 6901 §3).
    case syntax
    /// No value stands at the pointer made of the first tokens up to and including this one.
    case notFound(JSONPointer)

    public var description: String {
        switch self {
        case .syntax: "A JSON Pointer is empty or begins with «/», and writes ~ as ~0 and / as ~1."
        case .notFound(let pointer): "Nothing stands at \(pointer); make its parent first, or use another index."
        }
    }
}
