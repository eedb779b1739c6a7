import Tabular
import Testing

@Suite struct FuzzTests {
    private static let alphabet: [String] = ["a", "漢", ",", "\"", "\n", "\r\n", " ", "1", "=", "髙", "\t", "é"]

    @Test(arguments: 0..<50) func readsBackWhatTheWriterWrote(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let width = Int.random(in: 2...6, using: &generator)
        let rows = (0..<40).map { _ in FuzzTests.row(width: width, &generator) }
        var writer = TableWriter(options: .init(hasByteOrderMark: true, guardsFormulas: false))
        let names = (1...width).map { "c\($0)" }
        writer.append(names)
        for row in rows { writer.append(row) }
        let options = TableOptions(delimiter: UInt8(ascii: ","), header: .row(1))
        #expect(try all(try TableReader(bytes: writer.bytes, options: options)) == [names] + rows)
    }

    private static func row(width: Int, _ generator: inout SeededGenerator) -> [String] {
        let cells = (1..<width).map { _ in
            (0..<Int.random(in: 0...8, using: &generator)).map { _ in alphabet.randomElement(using: &generator) ?? "" }
                .joined()
        }
        return ["k"] + cells
    }

    @Test(arguments: 0..<200) func neverCrashesAndEndsOnAnyBytes(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let marks: [UInt8] = [0x22, 0x2C, 0x0A, 0x0D, 0x00, 0x41, 0x31, 0x82, 0xA0, 0xE3, 0x81, 0x82, 0xFF, 0x23]
        let bytes = (0..<Int.random(in: 0...2_000, using: &generator)).compactMap { _ in
            marks.randomElement(using: &generator)
        }
        for encoding in [nil] + TextEncoding.allCases.map(Optional.some) {
            let options = TableOptions(
                encoding: encoding, limits: TableLimits(columns: 50, cellBytes: 500, rowBytes: 900))
            #expect(readAll(bytes, options) <= bytes.count + 1)
        }
    }

    private func readAll(_ bytes: [UInt8], _ options: TableOptions) -> Int {
        guard let reader = try? TableReader(bytes: bytes, options: options) else { return 0 }
        while let row = try? reader.next() { _ = row.texts }
        return reader.rowCount
    }

    @Test(arguments: 0..<30) func cutsOfTheSourceChangeNothing(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let text =
            "id,x,y\n"
            + (0..<60).map { _ in
                FuzzTests.row(width: 3, &generator).map { "\"\($0.replacing("\"", with: "\"\""))\"" }.joined(
                    separator: ",")
            }.joined(separator: "\r\n")
        let bytes = Array(text.utf8)
        let whole = try all(try TableReader(bytes: bytes))
        let step = Int.random(in: 1...40, using: &generator)
        #expect(try all(try TableReader(DribblingSource(bytes, step: step))) == whole)
    }
}
