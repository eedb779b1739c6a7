import Tabular
import Testing

@Suite struct CellValueTests {
    @Test(arguments: [
        ("", CellValue.empty), ("　", .empty), ("12", .integer("12")), ("-0.50", .decimal("-0.50")),
        ("32,500 ", .integer("32500")),
        ("0", .integer("0")), ("007", .text("007")), ("1,23", .text("1,23")),
        ("12345678901234567890123", .integer("12345678901234567890123")),
        (".5", .decimal("0.5")), ("1.", .text("1.")), ("○", .boolean(true)), ("無", .boolean(false)),
        ("2026/4/1", .date(year: 2026, month: 4, day: 1)), ("2026-02-29", .text("2026-02-29")),
        ("9:30", .time(seconds: 34_200)), ("24:00", .time(seconds: 86_400)), ("24:01", .text("24:01")),
    ])
    func readsCells(text: String, value: CellValue) {
        #expect(CellValue(text) == value)
    }

    @Test func takesTimesWithoutZoneAsJapans() {
        let japan = Timestamp(microseconds: 1_687_619_400_000_000, offsetSeconds: 32_400, hasZone: false)
        #expect(CellValue("　2023/06/25 00:10") == .timestamp(japan))
        let zoned = Timestamp(microseconds: 1_785_088_800_000_000, offsetSeconds: 32_400, hasZone: true)
        #expect(CellValue("2026-07-27T03:00+09:00") == .timestamp(zoned))
        let fraction = Timestamp(microseconds: 500_000, offsetSeconds: 0, hasZone: true)
        #expect(CellValue("1970-01-01T00:00:00.5Z") == .timestamp(fraction))
    }

    @Test func profilesColumnsByAllTheirValues() throws {
        let reader = try reader("a,b,c,d,e\n1,1,2026-01-01,○,\n2,2.5,x,×,\n")
        var profile = TableProfile(columnCount: 5)
        while let row = try reader.next() { profile.note(row) }
        #expect(profile.columns.map(\.type) == [.integer, .decimal, .text, .boolean, .empty])
    }
}
