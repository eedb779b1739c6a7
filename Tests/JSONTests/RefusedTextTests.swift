import JSON
import Testing

/// Texts that RFC 8259 does not allow, each with the fault and the byte where it is found.
@Suite struct RefusedTextTests {
    private static let texts: [(text: String, code: JSONError.Code, offset: Int)] = [
        ("", .unexpectedEnd, 0), ("  ", .unexpectedEnd, 2), ("[", .unexpectedEnd, 1), ("{", .unexpectedEnd, 1),
        ("[1", .unexpectedEnd, 2), ("[1,", .unexpectedEnd, 3), ("{\"a\"", .unexpectedEnd, 4),
        ("{\"a\":", .unexpectedEnd, 5), ("{\"a\":1", .unexpectedEnd, 6), ("\"a", .unexpectedEnd, 2),
        ("\"a\\", .unexpectedEnd, 2), (#""\u12"#, .unexpectedEnd, 5), ("tru", .unexpectedEnd, 3),
        ("-", .unexpectedEnd, 1),
        ("1.", .unexpectedEnd, 2), ("1e", .unexpectedEnd, 2), ("1e+", .unexpectedEnd, 3),
        ("]", .unexpectedCharacter, 0), ("[}", .unexpectedCharacter, 1), ("{]", .unexpectedCharacter, 1),
        ("[1}", .unexpectedCharacter, 2), ("{\"a\":1]", .unexpectedCharacter, 6), ("[1 2]", .unexpectedCharacter, 3),
        ("[,1]", .unexpectedCharacter, 1), ("[1,,2]", .unexpectedCharacter, 3), ("{,}", .unexpectedCharacter, 1),
        ("{\"a\" 1}", .unexpectedCharacter, 5), ("{\"a\":}", .unexpectedCharacter, 5),
        ("{a:1}", .unexpectedCharacter, 1),
        ("{1:1}", .unexpectedCharacter, 1), ("{'a':1}", .unexpectedCharacter, 1), ("{\"a\"}", .unexpectedCharacter, 4),
        ("{\"a\":1 \"b\":2}", .unexpectedCharacter, 7), ("True", .unexpectedCharacter, 0),
        ("trUe", .unexpectedCharacter, 2),
        ("nul1", .unexpectedCharacter, 3), ("NaN", .unexpectedCharacter, 0), ("Infinity", .unexpectedCharacter, 0),
        ("+1", .unexpectedCharacter, 0), (".5", .unexpectedCharacter, 0), ("// x\n1", .unexpectedCharacter, 0),
        ("[1/*x*/]", .unexpectedCharacter, 2), ("\u{A0}1", .unexpectedCharacter, 0), ("\0", .unexpectedCharacter, 0),
        ("\u{C}1", .unexpectedCharacter, 0), ("-Infinity", .invalidNumber, 1), ("-a", .invalidNumber, 1),
        ("1.x", .invalidNumber, 2), ("1.e1", .invalidNumber, 2), ("1ex", .invalidNumber, 2),
        ("[1e+]", .invalidNumber, 4),
        ("--1", .invalidNumber, 1), ("01", .leadingZero, 0), ("-01", .leadingZero, 1), ("[00]", .leadingZero, 1),
        ("0x1", .trailingText, 1), ("1a", .trailingText, 1), ("1 2", .trailingText, 2), ("{}}", .trailingText, 2),
        ("[]x", .trailingText, 2), ("\"a\"\"b\"", .trailingText, 3), ("１", .unexpectedCharacter, 0),
        ("[1,]", .trailingComma, 3), ("{\"a\":1,}", .trailingComma, 7), ("\"a\u{1}\"", .controlCharacter, 2),
        ("\"a\nb\"", .controlCharacter, 2), ("\"long enough\t\"", .controlCharacter, 12),
        (#""\x41""#, .invalidEscape, 1),
        (#""\'""#, .invalidEscape, 1), (#""\u12G4""#, .invalidEscape, 1), (#""\U0041""#, .invalidEscape, 1),
        (#""\uD800""#, .loneSurrogate, 1), (#""\uDC00""#, .loneSurrogate, 1), (#""\uD800\uD800""#, .loneSurrogate, 1),
        (#""\uD800\u0041""#, .loneSurrogate, 1), (#""a\uDBFF\n""#, .loneSurrogate, 2),
        (#"{"a":1,"a":2}"#, .duplicateName, 7), (#"{"a":1,"\u0061":2}"#, .duplicateName, 7),
        (#"[{"x":{"k":1,"k":1}}]"#, .duplicateName, 13), ("\u{FEFF}1", .byteOrderMark, 0),
    ]

    @Test(arguments: texts.indices)
    func refusesText(_ index: Int) {
        let (text, code, offset) = Self.texts[index]
        expectRefusal(of: Array(text.utf8), code, offset)
    }

    private static let bytes: [(bytes: [UInt8], offset: Int)] = [
        ([0x80], 1), ([0xC0, 0x80], 1), ([0xC1, 0xBF], 1), ([0xE0, 0x80, 0x80], 1), ([0xE0, 0x9F, 0xBF], 1),
        ([0xED, 0xA0, 0x80], 1), ([0xED, 0xBF, 0xBF], 1), ([0xF0, 0x80, 0x80, 0x80], 1), ([0xF4, 0x90, 0x80, 0x80], 1),
        ([0xF5, 0x80, 0x80, 0x80], 1), ([0xFF], 1), ([0xE7, 0x86], 1), ([0xC3], 1), ([0xE7, 0x86, 0x41], 1),
        ([0x41, 0xF0, 0x9F, 0x8F], 2), ([0x8C, 0x46, 0x96, 0x7B], 1),
    ]

    @Test(arguments: bytes.indices)
    func refusesInvalidUTF8(_ index: Int) {
        let (bytes, offset) = Self.bytes[index]
        expectRefusal(of: [0x22] + bytes + [0x22], .invalidUTF8, offset)
        expectRefusal(of: [0x22] + bytes, .invalidUTF8, offset)
    }

    @Test func refusesUTF16() {
        expectRefusal(of: [0xFF, 0xFE, 0x31, 0x00], .unexpectedCharacter, 0)
        expectRefusal(of: [0x31, 0x00], .trailingText, 1)
    }

    @Test func refusesDuplicateNamesInLargeObjects() {
        let names = (0..<100).map { "\"n\($0)\":\($0)" }
        let text = "{" + (names + ["\"n7\":0", "\"n3\":0"]).joined(separator: ",") + "}"
        let offset = text.utf8.count - "\"n7\":0,\"n3\":0}".utf8.count
        expectRefusal(of: Array(text.utf8), .duplicateName, offset)
        let escaped = "{" + (names + [#""\u006e42":0"#]).joined(separator: ",") + "}"
        expectRefusal(of: Array(escaped.utf8), .duplicateName, escaped.utf8.count - #""\u006e42":0}"#.utf8.count)
    }

    @Test func refusesNestingBeyondTheLimit() {
        expectRefusal(of: Array(repeating: UInt8(ascii: "["), count: 100_000), .tooDeep, 64)
        expectRefusal(of: Array("[{\"a\":[]}]".utf8), .tooDeep, 6, JSONLimits(maximumDepth: 2))
    }

    @Test func refusesTextsBeyondTheSizeLimit() {
        expectRefusal(of: Array("[1,2]".utf8), .tooLarge, 4, JSONLimits(maximumBytes: 4))
    }

    @Test func saysLineAndColumn() throws {
        let error = try #require(throws: JSONError.self) { try JSON(parsing: "{\n  \"名前\": 熊\n}") }
        #expect((error.line, error.column, error.offset) == (2, 9, 14))
        #expect(
            error.description
                == "line 2, column 9 (byte 14): This character cannot stand here; check quotes, colons and commas before it."
        )
    }

    private func expectRefusal(
        of bytes: [UInt8], _ code: JSONError.Code, _ offset: Int, _ limits: JSONLimits = .standard,
        at location: SourceLocation = #_sourceLocation
    ) {
        let tree = #expect(throws: JSONError.self, sourceLocation: location) {
            try JSON(parsing: bytes, limits: limits)
        }
        let tape = #expect(throws: JSONError.self, sourceLocation: location) {
            try JSONTape(parsing: bytes, limits: limits)
        }
        #expect(tree?.code == code, sourceLocation: location)
        #expect(tree?.offset == offset, sourceLocation: location)
        #expect(tree == tape, sourceLocation: location)
    }
}
