import JSON
import Testing

@Suite struct JSONWritingTests {
    private let value: JSON = [
        "熊本": ["a\"\\/\u{8}\u{C}\n\r\t\u{1}\u{1F}\u{7F}", nil, true, false], "n": [.int(.min), 0, .number("1.50")],
        "empty": [[], [:]], "script": "</script><!--&",
    ]

    @Test func writesCompactText() {
        #expect(
            value.description
                == #"{"熊本":["a\"\\/\b\f\n\r\t\u0001\u001f"# + "\u{7F}"
                + #"",null,true,false],"n":[-9223372036854775808,0,1.50],"empty":[[],{}],"script":"</script><!--&"}"#)
    }

    @Test func writesIndentedText() throws {
        let text = value.text(.pretty)
        #expect(try JSON(parsing: text) == value)
        #expect(
            JSON(dictionaryLiteral: ("a", [1, ["b": 2]]), ("e", [])).text(.pretty) == """
                {
                  "a": [
                    1,
                    {
                      "b": 2
                    }
                  ],
                  "e": []
                }
                """)
    }

    @Test func escapesForScripts() throws {
        let text = value.text(.forScript)
        #expect(!text.contains("<"))
        #expect(text.hasSuffix(#""script":"\u003c/script>\u003c!--&"}"#))
        #expect(try JSON(parsing: text) == value)
    }

    @Test func appendsToWhatIsThere() {
        var output = Array("data: ".utf8)
        JSON.int(-10).write(into: &output)
        #expect(String(decoding: output, as: UTF8.self) == "data: -10")
    }
}
