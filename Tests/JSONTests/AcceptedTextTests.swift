import JSON
import Testing

/// Texts that RFC 8259 allows, and the values they stand for.
@Suite struct AcceptedTextTests {
    private static let table: [(text: String, value: JSON)] = [
        ("null", .null), ("true", true), ("false", false), ("\"\"", ""), ("0", 0), ("[]", []), ("{}", [:]),
        (" \t\r\n1\n ", 1), ("-1", -1), ("-0", .number("-0")), ("0.0", .number("0.0")), ("1.50", .number("1.50")),
        ("1e2", .number("1e2")), ("1E+2", .number("1E+2")), ("-0e-0", .number("-0e-0")),
        ("9223372036854775807", .int(.max)), ("-9223372036854775808", .int(.min)),
        ("9223372036854775808", .number("9223372036854775808")),
        ("-9223372036854775809", .number("-9223372036854775809")),
        ("12345678901234567890123", .number("12345678901234567890123")), ("1e999999999", .number("1e999999999")),
        ("[1,[2,[3]],{}]", [1, [2, [3]], [:]]), ("[ 1 , 2 ]", [1, 2]), ("[null]", [nil]),
        ("{\"b\":1,\"a\":2}", ["b": 1, "a": 2]), ("{\"\":0}", ["": 0]), ("{\"a\":{\"a\":1}}", ["a": ["a": 1]]),
        (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{C}\n\r\t"), (#""\u0000""#, "\0"), (#""\u719F\u672c""#, "熟本"),
        (#""\uD842\uDFB7野家""#, "𠮷野家"), ("\"\u{7F}\u{2028}\u{FFFF}\"", "\u{7F}\u{2028}\u{FFFF}"),
        ("\"熊本県\"", "熊本県"), ("\"éか🏯\"", "éか🏯"), (#"{"a\u0062":1}"#, ["ab": 1]),
        ("\"が\"", "が"),
        ("[\"long enough for two words of eight bytes\"]", ["long enough for two words of eight bytes"]),
    ]

    @Test(arguments: table.indices)
    func readsAllowedText(_ index: Int) throws {
        let (text, value) = Self.table[index]
        #expect(try JSON(parsing: text) == value)
        #expect(try JSONTape(parsing: text).value == value)
    }

    @Test func keepsNamesThatOnlyUnicodeCallsEqual() throws {
        let object = try #require(try JSON(parsing: "{\"\u{304C}\":1,\"\u{304B}\u{3099}\":2}").objectValue)
        #expect(object.count == 2)
        #expect(object["\u{304C}"] == 1)
        #expect(object["\u{304B}\u{3099}"] == 2)
    }

    @Test func allowsNestingUpToTheLimit() throws {
        let deep = String(repeating: "[", count: 64) + String(repeating: "]", count: 64)
        #expect(try JSON(parsing: deep).type == .array)
        #expect(try JSON(parsing: "1", limits: JSONLimits(maximumDepth: 0)) == 1)
        let deepest = String(repeating: "[", count: 1024) + String(repeating: "]", count: 1024)
        let value = try JSON(parsing: deepest, limits: JSONLimits(maximumDepth: .max))
        #expect(value.description == deepest)
    }

    @Test func readsLargeObjects() throws {
        let members = (0..<5_000).map { JSONObject.Member("name\($0)", JSON($0)) }
        let object = JSON.object(JSONObject(members))
        #expect(try JSON(parsing: object.bytes) == object)
    }
}
