import Foundation
import Testing

/// What only one database understands stands in Storage alone.
@Suite struct DialectWordsTests {
    @Test func standOnlyInStorage() throws {
        let sources = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("Sources").path
        var found: [String] = []
        for path in try FileManager.default.subpathsOfDirectory(atPath: sources) where path.hasSuffix(".swift") {
            if ["Kernel/Storage/", "Kernel/SQLiteStorage/", "Kernel/PostgreSQLStorage/"].contains(where: path.hasPrefix)
            {
                continue
            }
            let text = try String(contentsOfFile: "\(sources)/\(path)", encoding: .utf8)
            for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
                if let word = Self.word(in: line) { found.append("\(path):\(number + 1): \(word)") }
            }
        }
        #expect(found == [])
    }

    @Test func areRecognised() {
        #expect(Self.word(in: "SELECT json_extract(a, '$.b')") == "json_extract")
        #expect(Self.word(in: "x WHERE name MATCH ?") == " MATCH ")
        #expect(Self.word(in: "SELECT count(*)::int FROM t") == "::")
        #expect(Self.word(in: "SELECT ST_AsMVT(a)") == "ST_")
        #expect(Self.word(in: "HIGO_TEST_POSTGRES") == nil)
        #expect(Self.word(in: "// std::vector") == nil)
        #expect(Self.word(in: "let rowIdentifier = 1") == nil)
    }

    private static let words = [
        "json_extract", "->>", "jsonb", "ILIKE", " MATCH ", "rowid", "pg_", "sqlite_", "AUTOINCREMENT",
        "PRAGMA ",
    ]

    private static func word(in line: Substring) -> String? {
        if line.drop(while: { $0 == " " }).hasPrefix("//") { return nil }
        if let word = words.first(where: { line.contains($0) }) { return word }
        if line.firstMatch(of: /\bST_[A-Z]/) != nil { return "ST_" }
        // A cast follows a closing parenthesis, an argument or a name, and names a type.
        return line.firstMatch(of: /[)?a-z0-9_]::[a-z]/) == nil ? nil : "::"
    }
}
