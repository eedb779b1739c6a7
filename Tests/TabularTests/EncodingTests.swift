import Tabular
import Testing

@Suite struct EncodingTests {
    /// `名称,数\n〜①髙,1\n` in CP932, with a wave dash, a circled digit and an extension character.
    static let japanese: [UInt8] =
        [0x96, 0xBC, 0x8F, 0xCC, 0x2C, 0x90, 0x94, 0x0A, 0x81, 0x60, 0x87, 0x40, 0xFB, 0xFC, 0x2C, 0x31, 0x0A]

    @Test func readsCP932WithItsExtensions() throws {
        let reader = try TableReader(bytes: EncodingTests.japanese)
        #expect(reader.dialect.encoding == .cp932)
        #expect(try all(reader) == [["名称", "数"], ["～①髙", "1"]])
    }

    @Test func readsUTF8WithMark() throws {
        let reader = try TableReader(bytes: [0xEF, 0xBB, 0xBF] + Array("名称,数\nあ,1\n".utf8))
        #expect(reader.dialect.hasByteOrderMark)
        #expect(try all(reader) == [["名称", "数"], ["あ", "1"]])
    }

    @Test(arguments: [true, false], [true, false]) func readsUTF16(isLittle: Bool, hasMark: Bool) throws {
        let units = Array(((hasMark ? "\u{FEFF}" : "") + "id,name,x\r\n1,名称,2\r\n").utf16)
        let bytes = units.flatMap {
            isLittle ? [UInt8($0 & 0xFF), UInt8($0 >> 8)] : [UInt8($0 >> 8), UInt8($0 & 0xFF)]
        }
        let reader = try TableReader(bytes: bytes)
        #expect(reader.dialect.encoding == (isLittle ? .utf16LittleEndian : .utf16BigEndian))
        #expect(try all(reader) == [["id", "name", "x"], ["1", "名称", "2"]])
    }

    @Test func decidesLateIfTheFileBeginsInASCII() throws {
        let head = Array(("id,name\n" + String(repeating: "1,abcdefgh\n", count: 40_000)).utf8)
        let reader = try TableReader(bytes: head + [0x32, 0x2C, 0x96, 0xBC, 0x8F, 0xCC, 0x0A])
        var last: TableRow?
        while let row = try reader.next() { last = row }
        #expect(last?.texts == ["2", "名称"])
        #expect(reader.dialect.encoding == .cp932)
    }

    @Test(arguments: [1, 2, 3, 5, 7]) func givesTheSameRowsWhateverTheCuts(step: Int) throws {
        let whole = try all(try TableReader(bytes: EncodingTests.japanese))
        #expect(try all(try TableReader(DribblingSource(EncodingTests.japanese, step: step))) == whole)
    }

    @Test func refusesBinaryFiles() {
        var generator = SeededGenerator(seed: 7)
        let noise = (0..<10_000).map { _ in UInt8.random(in: 1...255, using: &generator) }
        #expect(throws: TabularError.unknownEncoding) { try TableReader(bytes: noise) }
    }
}
