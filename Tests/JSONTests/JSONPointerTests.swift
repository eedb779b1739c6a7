import JSON
import Testing

@Suite struct JSONPointerTests {
    /// RFC 6901 §5.
    private let example: JSON = [
        "foo": ["bar", "baz"], "": 0, "a/b": 1, "c%d": 2, "e^f": 3, "g|h": 4, "i\\j": 5, "k\"l": 6, " ": 7, "m~n": 8,
    ]

    @Test func followsTheExamplesOfTheStandard() throws {
        #expect(try example.value(at: JSONPointer("")) == example)
        let values: [(String, JSON)] = [
            ("/foo", ["bar", "baz"]), ("/foo/0", "bar"), ("/", 0), ("/a~1b", 1), ("/c%d", 2), ("/e^f", 3), ("/g|h", 4),
            ("/i\\j", 5), ("/k\"l", 6), ("/ ", 7), ("/m~0n", 8),
        ]
        for (pointer, value) in values {
            #expect(try example.value(at: JSONPointer(pointer)) == value)
            #expect(try JSONPointer(pointer).description == pointer)
        }
    }

    @Test(arguments: ["/x", "/foo/2", "/foo/-", "/foo/00", "/foo/+1", "/foo/bar", "/foo/0/0", "/a/b", "//"])
    func findsNothing(_ pointer: String) throws {
        #expect(try example.value(at: JSONPointer(pointer)) == Optional<JSON>.none)
    }

    @Test func resolvesEscapesInOrder() throws {
        #expect(try JSONPointer("/~01").tokens == ["~1"])
    }

    @Test(arguments: ["foo", "#/foo", "/~", "/~2", "/a~"])
    func refusesMalformedPointers(_ text: String) {
        #expect(throws: JSONPointerError.syntax) { try JSONPointer(text) }
    }

    @Test(arguments: [
        ("", "9"), ("/a", #"{"a":9,"n":null}"#), ("/a/0", #"{"a":[9,{"b":2}],"n":null}"#),
        ("/a/1/b", #"{"a":[1,{"b":9}],"n":null}"#), ("/a/-", #"{"a":[1,{"b":2},9],"n":null}"#),
        ("/a/2", #"{"a":[1,{"b":2},9],"n":null}"#), ("/new", #"{"a":[1,{"b":2}],"n":null,"new":9}"#),
    ])
    func setsValues(_ pointer: String, _ expected: String) throws {
        var value: JSON = ["a": [1, ["b": 2]], "n": nil]
        try value.set(9, at: JSONPointer(pointer))
        #expect(value.description == expected)
    }

    @Test(arguments: [("/a/3", "/a/3"), ("/x/y", "/x"), ("/n/y", "/n/y"), ("/a/-/b", "/a/-"), ("/a/01", "/a/01")])
    func refusesToSetWithoutParent(_ pointer: String, _ missing: String) throws {
        var value: JSON = ["a": [1, ["b": 2]], "n": nil]
        let before = value
        let expected = JSONPointerError.notFound(try JSONPointer(missing))
        #expect(throws: expected) { try value.set(9, at: JSONPointer(pointer)) }
        #expect(value == before)
    }
}
