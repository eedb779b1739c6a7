import JSON
import Testing

@Suite struct JSONValueTests {
    @Test func readsParts() throws {
        let value: JSON = ["a": [1, "x", 2.5, true, nil], "o": ["k": "v"]]
        #expect(value["a"]?[0]?.intValue == 1)
        #expect(value["a"]?[1]?.stringValue == "x")
        #expect(value["a"]?[2]?.doubleValue == 2.5)
        #expect(value["a"]?[3]?.boolValue == true)
        #expect(value["a"]?[4]?.isNull == true)
        #expect(value["a"]?[5] == nil)
        #expect(value["a"]?.arrayValue?.count == 5)
        #expect(value["o"]?.objectValue?.names == ["k"])
        #expect(value["a"]?["k"] == nil)
        #expect(value["o"]?[0] == nil)
    }

    @Test func setsParts() {
        var value: JSON = nil
        value["a"] = [1, 2]
        value["a"]?[1] = "two"
        value["b"] = false
        value["a"]?[7] = 7
        #expect(value == ["a": [1, "two"], "b": false])
        value["a"]?[0] = Optional<JSON>.none
        value["b"] = Optional<JSON>.none
        #expect(value == ["a": ["two"]])
    }

    @Test func keepsTheOrderOfMembers() {
        var object: JSONObject = ["b": 1, "a": 2, "b": 3]
        #expect(object.names == ["b", "a"])
        object["c"] = 4
        object["a"] = Optional<JSON>.none
        #expect(object.map(\.name) == ["b", "c"])
        #expect(object.contains("b"))
        #expect(!object.contains("a"))
        #expect(object[1] == JSONObject.Member("c", 4))
    }

    @Test func mergesMembers() {
        let many = JSONObject((0..<40).map { JSONObject.Member("n\($0)", JSON($0)) })
        var object: JSONObject = ["n39": "old", "x": 1]
        object.merge(many)
        #expect(object.count == 41)
        #expect(object.names.prefix(3) == ["n39", "x", "n0"])
        #expect(object["n39"] == 39)
        #expect((["a": 1] as JSONObject).merging(["a": 2, "b": 3] as JSONObject) == ["a": 2, "b": 3])
    }

    @Test func makesNumbersFromDoubles() {
        #expect(JSON(5.0) == 5)
        #expect(JSON(-2.0) == -2)
        #expect(JSON(0.1) == .number("0.1"))
        #expect(JSON(-0.0) == .number("-0.0"))
        #expect(JSON(1e300) == .number("1e+300"))
        #expect(JSON(1e-7) == .number("1e-07"))
        #expect(JSON(Double.nan) == Optional<JSON>.none)
        #expect(JSON(Double.infinity) == Optional<JSON>.none)
    }
}
