import Connect
import Foundation
import Testing

/// Every real file becomes what it should, with all its rows.
@Suite(.enabled(if: hasRealFiles)) struct RealRecognitionTests {
    struct Expected: CustomTestStringConvertible {
        var path: String
        var kind: String
        var type: String
        var rows: Int
        var quarantined: Int
        var testDescription: String { path }
    }

    static var expected: [Expected] {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "real-recognition.tsv")
        guard let text = try? String(contentsOf: file, encoding: .utf8) else { return [] }
        return text.split(separator: "\n").dropFirst().compactMap { line in
            let cells = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            guard cells.count == 5, let rows = Int(cells[3]), let quarantined = Int(cells[4]) else { return nil }
            return Expected(path: cells[0], kind: cells[1], type: cells[2], rows: rows, quarantined: quarantined)
        }
    }

    @Test(arguments: expected) func recognises(_ file: Expected) async throws {
        let (outcome, gathered) = try await check(path: "\(realFolder)/\(file.path)")
        #expect(outcome.report.kind == file.kind)
        #expect(outcome.report.type ?? "" == file.type)
        #expect(outcome.report.rows == file.rows)
        #expect(outcome.report.quarantined == file.quarantined)
        #expect(gathered.rows.count == file.rows - file.quarantined)
        #expect(Set(gathered.entities.map(\.id)).count == gathered.entities.count)
    }
}
