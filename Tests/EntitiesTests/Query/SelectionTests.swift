import Entities
import Testing

struct SelectionTests {
    @Test(arguments: [
        ("A", ["A"], true), ("A", ["B"], false), ("A,B", ["B"], true), ("A|B", ["C"], false), ("A;B", ["A"], false),
        ("A;B", ["B", "A"], true), ("A&B", ["A", "B"], true), ("(A,B);C", ["B", "C"], true),
        ("(A,B);C", ["A", "B"], false), ("A,B;C", ["A"], true), ("A,B;C", ["B"], false), ("*", ["X"], true),
        ("https://example.org/T", ["https://example.org/T"], true),
    ]) func choosesByTypes(text: String, types: [String], isMatch: Bool) throws {
        #expect(try TypeExpression(parsing: text).matches(types) == isMatch)
    }

    @Test func mapsNamesOfTypes() throws {
        let expression = try TypeExpression(parsing: "(A|B);C") { "x:" + $0 }
        #expect(expression.names == ["x:A", "x:B", "x:C"])
    }

    @Test(arguments: [
        ("/A", ["/A"], true), ("/A", ["/A/B"], false), ("/A/#", ["/A/B/C"], true), ("/A/#", ["/A"], true),
        ("/A/#", ["/AB"], false), ("/#", ["/X"], true), ("/#", [], false), ("/+/B", ["/A/B"], true),
        ("/+/B", ["/A/C", "/B"], false), ("/A/+/C/#", ["/A/x/C/y"], true), ("/A;/B", ["/A"], false),
        ("/A;/B", ["/A", "/B"], true), ("/A,/B", ["/B"], true), ("(/A|/B);/C/#", ["/B", "/C/D"], true),
        ("/熊本/#", ["/熊本/公園"], true),
    ]) func choosesByScopes(text: String, scopes: [String], isMatch: Bool) throws {
        #expect(try ScopeQuery(parsing: text).matches(scopes) == isMatch)
    }

    @Test func unscopedMeansWithoutScope() {
        #expect(ScopeQuery.unscoped.matches([]))
        #expect(!ScopeQuery.unscoped.matches(["/A"]))
    }

    @Test(arguments: ["", "A", "/", "//", "/A//B", "/#/A", "/A#", "/A+", "/A;", "(/A", "/A)", "/A B"])
    func refusesWhatIsNoScopeQuery(text: String) {
        #expect(throws: QuerySyntaxError.self) { try ScopeQuery(parsing: text) }
    }

    @Test(arguments: [("", 0), ("A,", 2), ("(A", 2), ("A)", 1), ("A B", 1), (";A", 0)])
    func namesThePositionOfAnError(text: String, position: Int) {
        do throws(QuerySyntaxError) {
            _ = try TypeExpression(parsing: text)
            Issue.record("It must be refused.")
        } catch { #expect(error.position == position) }
    }

    @Test func anyTextIsReadOrRefused() {
        var random = SeededGenerator(seed: 3)
        let pieces = ["A", "/B", "#", "+", "/", ",", "|", ";", "&", "(", ")", "*", " ", "あ"]
        for _ in 0..<20_000 {
            let text = (0..<Int.random(in: 1...9, using: &random)).map { _ in
                pieces.randomElement(using: &random) ?? ""
            }.joined()
            do throws(QuerySyntaxError) { _ = try TypeExpression(parsing: text).matches(["A"]) } catch {
                #expect(error.position <= text.utf8.count)
            }
            do throws(QuerySyntaxError) { _ = try ScopeQuery(parsing: text).matches(["/B"]) } catch {
                #expect(error.position <= text.utf8.count)
            }
        }
        let deep = String(repeating: "(", count: 5_000) + "A"
        #expect(throws: QuerySyntaxError.self) { try TypeExpression(parsing: deep) }
    }

    @Test func selectorsNeedAllThatTheySay() throws {
        let selector = EntitySelector(
            idPattern: try Pattern("^urn:.*:[0-9]+$"), types: TypeExpression(anyOf: ["Room", "Hall"]),
            typePattern: try Pattern("^R"))
        #expect(selector.matches(id: "urn:x:1", types: ["Room"]))
        #expect(!selector.matches(id: "urn:x:a", types: ["Room"]))
        #expect(!selector.matches(id: "urn:x:1", types: ["Hall"]))
        #expect(!selector.matches(id: "urn:x:1", types: ["Road"]))
    }
}
