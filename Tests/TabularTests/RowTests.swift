import Tabular
import Testing

@Suite struct RowTests {
    @Test func keepsLineBreaksAndQuotesInsideQuotedCells() throws {
        let reader = try reader("id,text\r\n1,\"a \"\"b\"\"\nc\"\r\n2,d\r\n")
        #expect(try all(reader) == [["id", "text"], ["1", "a \"b\"\nc"], ["2", "d"]])
    }

    @Test(arguments: ["\n", "\r", "\r\n"]) func endsRowsWithAnyLineEnd(end: String) throws {
        let reader = try reader(["id,name", "1,a", "2,b"].joined(separator: end))
        #expect(try all(reader) == [["id", "name"], ["1", "a"], ["2", "b"]])
    }

    @Test func numbersLinesAsAnEditorDoes() throws {
        let reader = try reader("id,text\n1,\"a\nb\"\n\n2,c\n")
        let first = try #require(try reader.next())
        let second = try #require(try reader.next())
        #expect([first.line, first.number, second.line, second.number] == [2, 1, 5, 2])
        #expect(reader.blankRowCount == 1)
    }

    @Test func reportsRaggedRowsAndReadsOn() throws {
        #expect(
            try defects("id,name,note\n1,a,x\n2,b\n3,c,y,z\n4,d,w,\n")
                == [nil, .ragged(expected: 3, found: 2), .ragged(expected: 3, found: 4), nil])
    }

    @Test func acceptsFilesThatLeaveOutTheLastColumn() throws {
        #expect(try defects("id,name,note\n1,a\n2,b\n3,c\n") == [nil, nil, nil])
    }

    @Test func keepsTheRowAsWrittenForTheReport() throws {
        let reader = try reader("id,name\n1,\"a\"\"b\",x\n")
        #expect(try reader.next()?.rawText == "1,\"a\"\"b\",x")
    }

    @Test func reportsWhatIsNoText() throws {
        let good = (1...20).map { "\($0),漢字\n" }.joined()
        let reader = try TableReader(bytes: Array("id,名\n\(good)21,".utf8) + [0xE3, 0x81, 0x0A] + Array("22,x\n".utf8))
        var found: [Int: RowDefect] = [:]
        while let row = try reader.next() { found[row.line] = row.defect }
        #expect(found == [22: .invalidText])
    }

    @Test func reportsNulBytesStrayTextAndOpenQuotes() throws {
        #expect(
            try defects("id,name\n1,a\u{0}b\n2,\"a\"b\n3,\"c\" \n4,\"d\n5,e")
                == [.nulByte, .textAfterQuote, nil, .unclosedQuote])
    }

    @Test func refusesTooManyColumnsAndTooLongCells() throws {
        let limits = TableLimits(columns: 3, cellBytes: 8, rowBytes: 64)
        let wide = try reader("a,b\n1,2,3,4\n", options: TableOptions(limits: limits))
        #expect(throws: TabularError.tooManyColumns(line: 2, limit: 3)) { try wide.next() }
        let long = try reader("a,b\n1,123456789\n", options: TableOptions(limits: limits))
        #expect(throws: TabularError.cellTooLong(line: 2, limit: 8)) { try long.next() }
    }

    @Test func refusesFilesWithoutRows() {
        for text in ["", "\n\n", ",,\n,,\n"] {
            #expect(throws: TabularError.noRows) { try reader(text) }
        }
    }
}
