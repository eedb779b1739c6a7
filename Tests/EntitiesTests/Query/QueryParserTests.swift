import Entities
import JSON
import Testing

struct QueryParserTests {
    @Test func readsTheWholeGrammar() throws {
        let condition = try QueryCondition(parsing: "a.b[c.d]>=1.50;(x|!y);n==1..2,\"q;|\\\"\"|t~=^a(b|c)$")
        #expect(
            condition
                == .or([
                    .and([
                        .compare(
                            QueryPath(attribute: "a", subattributes: ["b"], trailing: ["c", "d"]), .greaterOrEqual,
                            .value(.number("1.50"))),
                        .or([.exists(QueryPath(attribute: "x")), .missing(QueryPath(attribute: "y"))]),
                        .compare(
                            QueryPath(attribute: "n"), .equal, .list([.range(1, 2), .value("q;|\"")])),
                    ]), .compare(QueryPath(attribute: "t"), .matches, .value("^a(b|c)$")),
                ]))
    }

    @Test(arguments: [
        ("", 0), ("a==", 3), ("a==b", 3), ("a=1", 1), ("(a", 2), ("a)", 1), ("a;", 2), ("a|", 2), ("a==\"x", 3),
        ("a>1,2", 5),
        ("a==1..\"b\"", 9), ("a[b", 3), ("a~=(", 3), ("==1", 0), ("a b", 1), ("a==1 ", 3), ("a~=\"[z-a]\"", 3),
        ("!", 1),
    ]) func namesThePositionOfAnError(text: String, position: Int) {
        #expect(throws: QuerySyntaxError.self) { try QueryCondition(parsing: text) }
        do { _ = try QueryCondition(parsing: text) } catch { #expect(error.position == position, "\(text): \(error)") }
    }

    @Test func deepAndLongExpressionsAreRefused() {
        let deep = String(repeating: "(", count: 5_000) + "a" + String(repeating: ")", count: 5_000)
        #expect(throws: QuerySyntaxError.self) { try QueryCondition(parsing: deep) }
        let nested = String(repeating: "(", count: 30) + "a" + String(repeating: ")", count: 30)
        #expect(throws: QuerySyntaxError.self) { try QueryCondition(parsing: nested) }
        let many = Array(repeating: "a", count: 300).joined(separator: ";")
        #expect(throws: QuerySyntaxError.self) { try QueryCondition(parsing: many) }
    }

    @Test func anyTextIsReadOrRefused() {
        var random = SeededGenerator(seed: 42)
        let pieces = [
            "a", "b.c", "[d]", "==", "!=", "<", ">=", "~=", "!", ";", "|", "(", ")", "\"x\"", "1", "..", ",", "\\", "あ",
            "{2,3}", "*", "\"",
        ]
        var accepted = 0
        for _ in 0..<20_000 {
            let text = (0..<Int.random(in: 1...9, using: &random)).map { _ in pieces.randomElement(using: &random) ?? ""
            }.joined()
            do {
                _ = try QueryCondition(parsing: text)
                accepted += 1
            } catch {
                #expect(error.position <= text.utf8.count)
            }
        }
        #expect(accepted > 100)
    }
}
