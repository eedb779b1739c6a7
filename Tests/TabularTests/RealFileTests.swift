import Foundation
import Tabular
import Testing

/// Files as their publishers made them. Where the folder is missing, nothing is checked.
@Suite struct RealFileTests {
    struct Expected: CustomTestStringConvertible {
        var path: String
        var encoding: TextEncoding
        var hasMark: Bool
        var delimiter: Character
        var headerLine: Int
        var columns: Int
        var rows: Int
        var defective: Int
        var testDescription: String { path }
    }

    static let folder = "../shared/data"

    static var expected: [Expected] {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "real-files.tsv")
        guard FileManager.default.fileExists(atPath: folder), let text = try? String(contentsOf: file, encoding: .utf8)
        else {
            return []
        }
        return text.split(separator: "\n").dropFirst().compactMap { line in
            let cells = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            guard cells.count == 8, let encoding = TextEncoding(rawValue: cells[1]), let headerLine = Int(cells[4]),
                let columns = Int(cells[5]), let rows = Int(cells[6]),
                let defective = Int(cells[7])
            else { return nil }
            return Expected(
                path: cells[0], encoding: encoding, hasMark: cells[2] == "mark",
                delimiter: cells[3] == "tab" ? "\t" : ",",
                headerLine: headerLine, columns: columns, rows: rows, defective: defective)
        }
    }

    @Test(arguments: expected) func readsEveryRow(_ file: Expected) throws {
        let reader = try TableReader(path: "\(RealFileTests.folder)/\(file.path)")
        var defective = 0
        while let row = try reader.next() { defective += row.defect == nil ? 0 : 1 }
        let dialect = reader.dialect
        #expect(dialect.encoding == file.encoding)
        #expect(dialect.hasByteOrderMark == file.hasMark)
        #expect(dialect.delimiter == file.delimiter.asciiValue)
        #expect(dialect.headerLine == file.headerLine)
        #expect(reader.columns.count == file.columns)
        #expect(reader.rowCount == file.rows)
        #expect(defective == file.defective)
    }
}
