import Storage
import Testing
import Web

@Suite struct FormatTests {
    /// 2026-11-23 14:05 in Japan.
    private let instant = Instant(seconds: 1_795_410_300)

    @Test(arguments: [
        (0, "0", "0"), (999, "999", "999"), (1761, "1,761", "1,761"), (10_000, "10,000", "1万"),
        (1_738_301, "1,738,301", "173万8,301"), (120_000_000, "120,000,000", "1億2,000万"),
        (-12_345, "−12,345", "−1万2,345"),
    ])
    func writesWholeNumbers(number: Int, grouped: String, large: String) {
        #expect(NumberFormat(.ja).grouped(number) == grouped)
        #expect(NumberFormat(.ja).large(number) == large)
        #expect(NumberFormat(.en).large(number) == grouped)
    }

    @Test(arguments: [("1234.50", "1,234.50"), ("-0.5", "−0.5"), ("390.32", "390.32"), ("なし", "なし"), ("", "")])
    func keepsDigits(digits: String, text: String) { #expect(NumberFormat(.ja).digits(digits) == text) }

    @Test(arguments: [(1.005, "1"), (1.5, "1.5"), (-0.001, "0"), (1234.567, "1,234.57"), (0.1, "0.1"), (30.6, "30.6")])
    func rounds(number: Double, text: String) { #expect(NumberFormat(.ja).rounded(number) == text) }

    @Test func roundsWithoutPlaces() { #expect(NumberFormat(.en).rounded(2.0, places: 0) == "2") }

    @Test func writesDates() {
        #expect(Words().book(.ja).dateTime(instant).text == "2026年11月23日（月）14時05分")
        #expect(Words().book(.jaEasy).dateTime(instant).text == "2026年11月23日（月） 午後 2時05分")
        #expect(Words().book(.en).dateTime(instant).text == "Monday 23 November 2026, 14:05")
        #expect(
            Words().book(.ja).date(instant).html.text == "<time datetime=\"2026-11-23\">2026年11月23日（月）</time>")
    }

    @Test func readsDatesBeforeTheEpochAndLeapDays() {
        #expect(LocalTime(Instant(seconds: -9 * 3_600 - 1)).isoDate == "1969-12-31")
        #expect(LocalTime(Instant(seconds: 951_750_000)).isoDate == "2000-02-29")
    }

    @Test(arguments: [(2026, "令和8"), (2019, "令和元"), (2018, "平成30"), (1989, "平成元"), (1867, "1867")])
    func writesEras(year: Int, era: String) { #expect(WordBook.era(year) == era) }
}
