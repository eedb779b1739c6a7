/// Why a text is not accepted as JSON, and where.
public struct JSONError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kinds of fault. Raw values are stable and may be shown to clients.
    public enum Code: String, Sendable, Hashable, CaseIterable {
        case byteOrderMark = "byte-order-mark"
        case controlCharacter = "control-character"
        case duplicateName = "duplicate-name"
        case invalidEscape = "invalid-escape"
        case invalidNumber = "invalid-number"
        case invalidUTF8 = "invalid-utf-8"
        case leadingZero = "leading-zero"
        case loneSurrogate = "lone-surrogate"
        case tooDeep = "too-deep"
        case tooLarge = "too-large"
        case trailingComma = "trailing-comma"
        case trailingText = "trailing-text"
        case unexpectedCharacter = "unexpected-character"
        case unexpectedEnd = "unexpected-end"
    }

    public let code: Code
    /// Offset of the first byte that could not be accepted, from 0.
    public let offset: Int
    /// Line of that byte, from 1. Lines end with LF.
    public let line: Int
    /// Column of that byte in Unicode scalars, from 1.
    public let column: Int

    /// One sentence that says what was wrong and what to do.
    public var sentence: String { code.sentence }

    public var description: String { "line \(line), column \(column) (byte \(offset)): \(sentence)" }

    init(_ fault: JSONFault, in bytes: UnsafeBufferPointer<UInt8>) {
        code = fault.code
        offset = fault.offset
        let before = bytes.prefix(fault.code == .tooLarge ? 0 : fault.offset)
        line = 1 + before.count { $0 == UInt8(ascii: "\n") }
        let start = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
        column = 1 + before[start...].count { $0 & 0xC0 != 0x80 }
    }
}

/// A fault as the scanner meets it; line and column are only worked out for the one that is thrown to the caller.
struct JSONFault: Error {
    let code: JSONError.Code
    let offset: Int
}

extension JSONError.Code {
    /// What was wrong and what to do, in English.
    public var sentence: String {
        switch self {
        case .byteOrderMark: "The text begins with a byte order mark; send UTF-8 without one."
        case .controlCharacter: "A control character stands in a string; write it as an escape such as \\n or \\u0000."
        case .duplicateName: "A member name appears twice in one object; keep one of the members."
        case .invalidEscape:
            "An escape is not one of \\\" \\\\ \\/ \\b \\f \\n \\r \\t or \\u and four hexadecimal digits."
        case .invalidNumber: "A number is incomplete; write digits after the sign, the point and the exponent."
        case .invalidUTF8: "The bytes are not valid UTF-8; send the text in UTF-8."
        case .leadingZero: "A number begins with a superfluous zero; leave it out."
        case .loneSurrogate: "A \\u escape names half of a surrogate pair; write both halves."
        case .tooDeep: "Arrays and objects are nested more deeply than is allowed; flatten the text."
        case .tooLarge: "The text is longer than is allowed; send it in smaller parts."
        case .trailingComma: "A comma is followed by no further element; remove it."
        case .trailingText: "Text follows the end of the value; send one value alone."
        case .unexpectedCharacter: "This character cannot stand here; check quotes, colons and commas before it."
        case .unexpectedEnd: "The text ends before its value is complete; send the whole text."
        }
    }
}
