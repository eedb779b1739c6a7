import Context
import JSON
import Storage
import Testing

struct JexlTests {
    private static let scope = JexlScope(
        [
            "c": "fooBAR", "n": .number("3.14"), "humidity": .number("84.4"), "speed": "10 m/s", "zero": 0,
            "count": ["count": 5, "sum": 100], "code": .null, "value": 14, "max": 50, "list": [1, 5],
            "rows": [["x": 1, "n": "a"], ["x": 3, "n": "b"]], "values": [-1, 1], "choices": ["low", "medium", "high"],
            "fr": "fr", "langs": ["es", "fr"], "names": ["Spain", "France"], "half": .number("0.5"),
            "mix": "aba1234aba786aba", "time": "2024-07-10T10:22:29+00:00", "sec": 1_720_606_949, "日本": "語",
        ], now: Instant(seconds: 1_722_504_662))

    private static let cases: [(String, JSON)] = [
        ("1+2*3", 7), ("(1+2)*3", 9), ("10-2-3", 5), ("2^10", 1024), ("7//2", 3), ("7%4", 3),
        ("humidity/100", .number("0.844")),
        ("1/3", JSON(1.0 / 3) ?? .null), ("1/0", .null), ("'a'+'b'", "ab"), ("'a'+1", "a1"), ("c=='fooBAR'", true),
        ("value>max", false), ("(value>max)?'nok':'ok'", "ok"), ("code||'invalid'", "invalid"), ("A||0", 0),
        ("(A==null)?0:A", .null), ("A != null ? 1: 0", 0), ("A+1", .null), ("A", .null), ("count.sum/count.count", 20),
        ("(speed|split(' '))[0]|parseInt", 10),
        (
            "{count:count.count+1, sum:count.sum+((speed|split(' '))[0]|parseInt)}",
            ["count": 6, "sum": 110]
        ), ("[1,'b',true,null]", [1, "b", true, .null]), ("list[1]", 5), ("list[7]", .null),
        ("count['sum']", 100), ("rows[.x > 1]", [["x": 3, "n": "b"]]), ("rows[.x > 1][0].n", "b"), ("'oo' in c", true),
        ("5 in list", true), ("7 in list", false), ("c|uppercase", "FOOBAR"), ("c|lowercase|len", 6),
        ("c|undefinedTransform", .null), ("c|split('o')", ["f", "", "BAR"]), ("c|indexOf('BA')", 3),
        ("c|indexOf('zz')", .null), ("'  a b '|trim", "a b"), ("'foobar'|substring(3,5)", "ba"),
        ("'foobar'|substring(3,9)", .null), ("c|includes('oB')", true), ("c|isNaN", true), ("n|isNaN", false),
        ("'25'|parseInt", 25), ("'x'|parseInt", .null), ("'25.33'|parseFloat", .number("25.33")),
        ("n|typeOf", "Number"),
        ("list|typeOf", "Array"), ("23|toString", "23"), ("'[1,2]'|toJson", [1, 2]), ("'['|toJson", .null),
        ("n|floor", 3), ("n|ceil", 4), ("n|round", 3), ("3.18|toFixed(1)", .number("3.2")),
        ("n|log10", .number("0.49692964807321494")), ("n|sqrt", .number("1.772004514666935")),
        ("'foobar'|replaceStr('o','u')", "fuubar"), ("mix|replaceRegex('\\d+','X')", "abaXabaXaba"),
        ("mix|matchRegex('\\d+')", ["1234", "786"]), ("mix|matchRegex('z')", []), ("mix|matchRegex('(')", .null),
        ("fr|mapper(langs,names)", "France"), ("'xx'|mapper(langs,names)", .null),
        ("half|thMapper(values,choices)", "medium"),
        ("1|thMapper(values,choices)", "high"), ("count|values", [5, 100]), ("count|keys", ["count", "sum"]),
        ("list|arrSum", 6), ("list|arrAvg", 3), ("c|arrSum", .null), ("0|now", 1_722_504_662),
        ("10|now", 1_722_504_672),
        ("sec|toIsoString", "2024-07-10T10:22:29+00:00"), ("time|getTime", 1_720_606_949), ("日本+'!'", "語!"),
        ("c[0|uppercase", .null), ("A||-1", .null), ("A||0-1", -1), ("A||'-1'|parseInt", -1), ("!c", .null),
        ("", .null),
        ("'it\\'s'", "it's"), ("zero||'x'", "x"), ("true && 5", 5), ("1 == 1.0", true), ("'1' == 1", false),
        ("16|sqrt", 4), ("null", .null), ("count.nothing", .null), ("count.nothing.more", .null),
    ]

    @Test func evaluatesAsOrionDocuments() {
        for (text, expected) in Self.cases {
            #expect(JexlExpression.value(of: text, in: Self.scope) == expected, "\(text)")
        }
    }

    @Test func replacesMacros() {
        let cases: [(String, JSON)] = [
            ("${value}", 14), ("v=${value}", "v=14"), ("${c}/${A}", "fooBAR/null"), ("${list}!", "[1,5]!"),
            ("${{a:1}}", ["a": 1]), ("${'}'}", "}"), ("none", "none"), ("${open", "${open"), ("$ {c}", "$ {c}"),
            ("", ""),
        ]
        for (text, expected) in cases { #expect(MacroText(text).value(in: Self.scope) == expected, "\(text)") }
        let json: JSON = ["t": "${value}", "h": ["${c}", 1], "${c}": true]
        #expect(json.replacingMacros(in: Self.scope) == ["t": 14, "h": ["fooBAR", 1], "${c}": true])
    }

    @Test func refusesWhatWouldCostTooMuch() {
        let bombs = [
            String(repeating: "(", count: 1_000) + "1" + String(repeating: ")", count: 1_000),
            String(repeating: "[", count: 2_000), String(repeating: "1+", count: 2_000) + "1",
            "c" + String(repeating: "|trim", count: 800), String(repeating: "1?", count: 1_000) + "1",
            String(repeating: "a.", count: 2_000) + "a", String(repeating: "{a:", count: 1_000),
            "'" + String(repeating: "x", count: 5_000) + "'",
        ]
        for bomb in bombs { #expect(throws: JexlSyntaxError.self) { try JexlExpression(parsing: bomb) } }
        let doubled = "c" + String(repeating: "|replaceRegex('.','$0$0$0$0$0$0$0$0$0$0')", count: 20)
        #expect(JexlExpression.value(of: doubled, in: Self.scope) == .null)
        let slow = JexlScope(["t": .string(String(repeating: "a", count: 4_000))], now: Instant(seconds: 0))
        #expect(JexlExpression.value(of: "t|matchRegex('(a*)*b')", in: slow) == [])
        #expect(JexlExpression.value(of: "t|matchRegex('a.*b|a')", in: slow) == .null)
    }

    @Test func neverCrashesOnAnyText() {
        var random = SeededNumbers(seed: 42)
        let pieces = [
            "a", "c", "1", "2.5", "'x'", "\"y\"", "+", "-", "*", "/", "//", "%", "^", "==", "!=", "<", ">=", "&&", "||",
            "in", "(",
            ")", "[", "]", "{", "}", ",", ":", "?", ".", "|", " ", "trim", "split", "list", "rows", ".x", "é", "\\",
            "'", "null",
            "substring", "toFixed", "replaceRegex", "mapper", "99999999999999999999", "0.0",
        ]
        for _ in 0..<20_000 {
            let count = Int.random(in: 1...14, using: &random)
            let text = (0..<count).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
            _ = JexlExpression.value(of: text, in: Self.scope)
            _ = MacroText("${" + text + "}" + text).value(in: Self.scope)
        }
    }
}
