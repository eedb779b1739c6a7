import Tabular
import Testing

@Suite struct TableWriterTests {
    @Test func quotesWhatNeedsQuotes() {
        var writer = TableWriter(options: .init(hasByteOrderMark: false))
        writer.append(["a,b", "say \"hi\"", "x\ny", "plain"])
        #expect(String(decoding: writer.bytes, as: UTF8.self) == "\"a,b\",\"say \"\"hi\"\"\",\"x\ny\",plain\r\n")
    }

    @Test func disarmsFormulasAndKeepsNumbers() {
        var writer = TableWriter(options: .init(hasByteOrderMark: false))
        writer.append(["=1+1", "@x", "-5", "+81-96", "-3.5"])
        #expect(String(decoding: writer.bytes, as: UTF8.self) == "'=1+1,'@x,-5,'+81-96,-3.5\r\n")
    }

    @Test func beginsWithAMarkForSpreadsheets() {
        #expect(TableWriter().bytes == [0xEF, 0xBB, 0xBF])
    }
}
