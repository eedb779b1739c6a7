import Civic
import Testing

@Suite struct DateTests {
    @Test(arguments: [
        ("2026-04-01", "2026-04-01"), ("2026/4/1", "2026-04-01"), ("20260401", "2026-04-01"),
        ("2026.4.1", "2026-04-01"),
        ("2026年4月1日", "2026-04-01"), ("R8.4.1", "2026-04-01"), ("r8/4/1", "2026-04-01"), ("令和8年4月1日", "2026-04-01"),
        ("令和８年４月１日（水）", "2026-04-01"), ("令和元年5月1日", "2019-05-01"), ("平成31年4月30日", "2019-04-30"),
        ("H31.4.30", "2019-04-30"), ("昭和60年", "1985"), ("平成29年3月", "2017-03"), ("1961", "1961"),
        ("S 40. 1. 2", "1965-01-02"),
        ("明治43年6月", "1910-06"), ("2026/04", "2026-04"), ("7/26/2020", "2020-07-26"),
    ])
    func readsDatesAsFound(text: String, iso: String) {
        #expect(DateText.parse(text)?.iso == iso)
    }

    @Test(arguments: [
        "", "4月頃", "2026-02-30", "令和8年13月1日", "2026-4/1", "R", "9999999", "7", "平成", "13/1/2023", "2026年4日",
    ])
    func leavesFreeTextAlone(text: String) {
        #expect(DateText.parse(text) == nil)
    }

    @Test(arguments: [
        ("2026-04-01", "令和8年4月1日"), ("2019-05-01", "令和元年5月1日"), ("2019-04-30", "平成31年4月30日"),
        ("1989-01-07", "昭和64年1月7日"), ("1926-12-24", "大正15年12月24日"), ("1912-07-29", "明治45年7月29日"),
    ])
    func writesEras(iso: String, japanese: String) throws {
        let day = try #require(DateText.day(iso))
        #expect(EraDate(day)?.description == japanese)
        #expect(DateText.day(japanese) == day)
    }

    @Test func countsDays() throws {
        for number in stride(from: -100_000, through: 100_000, by: 37) {
            #expect(CivilDate(dayNumber: number)?.dayNumber == number)
        }
        #expect(CivilDate(year: 1970, month: 1, day: 1)?.dayNumber == 0)
        #expect(CivilDate(year: 2023, month: 2, day: 29) == nil)
    }

    @Test func fiscalYearsBeginInApril() throws {
        let march = try #require(CivilDate(year: 2026, month: 3, day: 31))
        let april = try #require(CivilDate(year: 2026, month: 4, day: 1))
        #expect(march.fiscalYear == FiscalYear(2025))
        #expect(april.fiscalYear.japanese == "令和8年度")
        #expect(FiscalYear(2025).lastDay == march)
    }
}
