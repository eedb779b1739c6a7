import Tabular
import Testing

@Suite struct HeaderTests {
    @Test func findsTheHeaderBelowTitles() throws {
        let reader = try reader("公共施設一覧,,\n令和8年4月1日現在,,\n\n名称,緯度,経度\n役場,32.8,130.7\n会館,32.7,130.6\n")
        #expect(reader.dialect.headerLine == 4)
        #expect(reader.dialect.heading == [["公共施設一覧", "", ""], ["令和8年4月1日現在", "", ""]])
        #expect(try all(reader).first == ["名称", "緯度", "経度"])
    }

    @Test func readsKeysAndValuesAboveTheHeader() throws {
        let reader = try reader("取出情報,水位,,\n観測局,持世寺,,\n,,,\n観測時刻,水位,差分,\n　2023/06/25 00:10,2.83,0,\n")
        #expect(reader.dialect.heading("観測局") == "持世寺")
        #expect(reader.columns.map(\.name) == ["観測時刻", "水位", "差分", "column4"])
    }

    @Test func readsLinkDataHeadings() throws {
        let reader = try reader(
            "#LINK,,\n#license,http://example.org/by,\n#property,name,capacity\n#object_type_xsd,string,string\n1,駅,20\n"
        )
        let row = try reader.next()
        #expect(row?.texts == ["1", "駅", "20"])
        #expect(reader.dialect.heading("license") == "http://example.org/by")
        #expect(reader.columns.map(\.name) == ["#property", "name", "capacity"])
    }

    @Test func joinsMergedHeadings() throws {
        let reader = try reader("番号,名称,料金,,備考\n,,大人,子ども,\n1,美術館,300,100,\n2,動物園,500,200,要予約\n")
        #expect(reader.dialect.headerRows == 2)
        #expect(reader.columns.map(\.name) == ["番号", "名称", "料金_大人", "料金_子ども", "備考"])
    }

    @Test func namesColumnsThatAreUnnamedOrRepeated() throws {
        let reader = try reader("stn,Tem,,Tem\nA,1.0,x,2.0\n")
        #expect(reader.columns.map(\.name) == ["stn", "Tem", "column3", "Tem_2"])
    }

    @Test func takesTablesOfNumbersWithoutHeader() throws {
        let reader = try reader("1,2.5\n2,3.5\n")
        #expect(reader.dialect.headerLine == nil)
        #expect(try all(reader) == [["column1", "column2"], ["1", "2.5"], ["2", "3.5"]])
    }

    @Test func takesTheRowThatTheCallerNames() throws {
        let reader = try reader("x,y\na,b\n1,2\n", options: TableOptions(header: .row(2)))
        #expect(try all(reader) == [["a", "b"], ["1", "2"]])
    }

    @Test(arguments: [",", "\t", ";"]) func findsTheDelimiter(mark: String) throws {
        let rows = [["id", "所在地"], ["1", "大江1、2丁目"], ["2", "本山"]]
        let text = rows.map { $0.joined(separator: mark) }.joined(separator: "\n")
        let reader = try reader(text)
        #expect(reader.dialect.delimiter == mark.utf8.first)
        #expect(try all(reader) == rows)
    }
}
