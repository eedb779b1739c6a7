import Connect
import JSON
import Testing

@Suite struct MappingTests {
    static let header = "市区町村コード,NO,名称,住所,緯度,経度,設置位置,小児対応設備の有無,備考,所管\n"

    private func rows(_ lines: String) async throws -> [MappedRow] {
        try await checked(lines).1
    }

    private func checked(_ lines: String) async throws -> (ImportReport, [MappedRow]) {
        let (outcome, gathered) = try await check(MappingTests.header + lines, name: "431001_aed.csv")
        return (outcome.report, gathered.entities)
    }

    @Test func makesAnEntityOfARow() async throws {
        let row = try #require(try await rows("431001,1,本庁舎,熊本市中央区手取本町1-1,32.803100,130.707900,1階,有,,総務課\n").first)
        #expect(row.id == "urn:ngsi-ld:AED:431001:1")
        #expect(row.municipality == "431001")
        #expect(row.value("name") == "本庁舎")
        #expect(row.value("location")?.description == #"{"type":"Point","coordinates":[130.707900,32.803100]}"#)
        #expect(row.value("sourceColumns") == ["所管": "総務課"])
    }

    @Test func putsExchangedCoordinatesRightAndKeepsTheOriginal() async throws {
        let (report, rows) = try await checked("431001,1,a,b,130.7079,32.8031,,,,\n")
        let row = try #require(rows.first)
        #expect(row.value("location")?["coordinates"] == [.number("130.7079"), .number("32.8031")])
        #expect(row.attributes["location"]?["originalValue"]?["value"] == "130.7079, 32.8031")
        #expect(report.corrected == 1)
        #expect(report.warnings.map(\.text) == ["Latitude and longitude were exchanged; they are put right."])
    }

    @Test(arguments: ["51.5,-0.1", "0,0", ",", "北緯32度,東経130度"])
    func linksRowsWithoutAPlaceAndSaysSo(coordinates: String) async throws {
        let (report, rows) = try await checked("431001,1,a,b,\(coordinates),,,,\n")
        #expect(rows.first?.attributes["location"] == nil)
        #expect(report.warnings.map(\.lines) == [[2]])
    }

    @Test func keepsTheOriginalBesideACorrectedValue() async throws {
        let text = "番号,名称,文化財分類,文化財指定日,緯度,経度\n1,本堂,国指定,昭和60年4月1日,32.8,130.7\n"
        let row = try #require(try await check(text, name: "431001_cultural_property.csv").1.entities.first)
        #expect(
            row.attributes["designatedDate"] == [
                "type": "Property", "value": "1985-04-01",
                "originalValue": ["type": "Property", "value": "昭和60年4月1日"],
            ])
    }

    @Test func warnsOfWrongCodes() async throws {
        let (report, rows) = try await checked("431002,1,a,b,32.8,130.7,,,,\n")
        #expect(rows.first?.id == "urn:ngsi-ld:AED:431001:1")
        #expect(report.warnings.map(\.text) == ["The municipality's code is wrong."])
    }

    @Test func usesNameAndAddressWhereIdsRepeat() async throws {
        let lines =
            "431001,1,a,熊本市1丁目,32.8,130.7,,,,\n431001,1,b,熊本市2丁目,32.8,130.7,,,,\n431001,1,b,熊本市２丁目,32.8,130.7,,,,\n"
        let ids = try await rows(lines).map(\.id)
        #expect(Set(ids).count == 3)
        #expect(ids[2] == ids[1] + "-2")
    }

    @Test func putsUnreadableRowsAsideWithReasonAndText() async throws {
        let text =
            MappingTests.header
            + "431001,1,a,b,32.8,130.7,,,,\n431001,2,,b,32.8,130.7,,,,\n431001,3,c\n431001,4,d,b,32.8,130.7,,,,\n"
        let (outcome, gathered) = try await check(text, name: "431001_aed.csv")
        #expect(
            gathered.aside == [
                QuarantinedRow(
                    line: 3, reason: Remark(.emptyColumn, ["名称"]), original: "431001,2,,b,32.8,130.7,,,,"),
                QuarantinedRow(line: 4, reason: Remark(.ragged, ["3", "10"]), original: "431001,3,c"),
            ])
        #expect(outcome.report.rows == 4)
        #expect(gathered.entities.count == 2)
    }

    @Test func findsTheMunicipalityByNameAndAddress() {
        let finder = MunicipalityFinder(codeByName: ["御船町": "434418", "熊本市": "431001"], regions: nil)
        #expect(finder.municipality(ofAddress: "熊本県上益城郡御船町御船995-1") == "434418")
        #expect(finder.municipality(ofAddress: "熊本市中央区") == "431001")
        #expect(finder.municipality(ofAddress: "静岡県焼津市") == nil)
    }

    @Test func readsStagedRowsBackAsTheyWere() throws {
        let entity = MappedRow(
            line: 7, id: "urn:ngsi-ld:AED:431001:1", municipality: nil,
            attributes: JSONObject([.init("a", ["type": "Property", "value": "x\ny"])]), corrections: 0, warnings: [])
        let rows: [StagedRow] = [
            .entity(entity, type: "AED"),
            .measurement(
                Connect.Measurement(line: 2, key: "k", microseconds: -5, values: [.int(1), nil, .number("2.50")])),
            .cells(number: 1, line: 2, cells: [.null, "a", .number("1.0")]),
        ]
        let payload = StagedPayload.encode(rows)
        #expect(StagedPayload.encode(try StagedPayload.decode(payload)) == payload)
    }
}
