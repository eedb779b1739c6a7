import JSON
import Testing

@Suite struct JSONTapeTests {
    private let text = #"{ "id" : "urn:x", "list": [1, 2.50, {"a":null}], "\u0061\"b": "熊\n本", "t": true }"#

    @Test func walksOverMembersWithTheirRawBytes() throws {
        let members = try JSONTape(parsing: text).root.members.map {
            [String(decoding: $0.rawName, as: UTF8.self), $0.name, String(decoding: $0.value.rawBytes, as: UTF8.self)]
        }
        #expect(
            members == [
                [#""id""#, "id", #""urn:x""#], [#""list""#, "list", #"[1, 2.50, {"a":null}]"#],
                [#""\u0061\"b""#, "a\"b", #""熊\n本""#], [#""t""#, "t", "true"],
            ])
    }

    @Test func walksOverElements() throws {
        let list = try #require(try JSONTape(parsing: text).root["list"])
        #expect(list.elements.map(\.type) == [.number, .number, .object])
        #expect(list.elements.map(\.value) == [1, .number("2.50"), ["a": nil]])
        #expect(list.members.map(\.name) == [])
    }

    @Test func findsMembersByName() throws {
        let root = try JSONTape(parsing: text).root
        #expect(root["id"]?.stringValue == "urn:x")
        #expect(root["a\"b"]?.stringValue == "熊\n本")
        #expect(root["a"] == nil)
        #expect(root["t"]?.type == .boolean)
        #expect(root["t"]?["x"] == nil)
        #expect(root["id"].map { text.utf8.count - $0.range.upperBound } == text.utf8.count - 16)
    }

    @Test func writesWithoutWhiteSpace() throws {
        var output: [UInt8] = []
        try JSONTape(parsing: text).root.write(into: &output)
        #expect(
            String(decoding: output, as: UTF8.self)
                == #"{"id":"urn:x","list":[1,2.50,{"a":null}],"\u0061\"b":"熊\n本","t":true}"#)
    }
}
