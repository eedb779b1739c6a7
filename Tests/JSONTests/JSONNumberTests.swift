import Foundation
import JSON
import Testing

@Suite struct JSONNumberTests {
    @Test(arguments: [
        ("12", 12), ("-0", 0), ("12.0", 12), ("1.2e1", 12), ("-120e-1", -12), ("0.00e99999999999999999999", nil),
        ("9223372036854775807", Int64.max), ("9223372036854775808", nil), ("9.223372036854775807e18", Int64.max),
        ("-9223372036854775808.0", Int64.min), ("1.5", nil), ("1e19", nil), ("1e-1", nil),
        ("1e18", 1_000_000_000_000_000_000),
        ("0e5", 0), ("100000000000000000000e-20", 1), ("1e99999999999999999999", nil),
    ])
    func knowsWholeNumbers(_ digits: String, _ value: Int64?) throws {
        #expect(try #require(JSONNumber(digits)).int64Value == value)
    }

    @Test(arguments: ["", " 1", "1 ", "+1", "01", "1.", ".1", "0x1", "\"1\"", "NaN", "１"])
    func refusesWhatIsNoNumber(_ text: String) {
        #expect(JSONNumber(text) == nil)
    }

    @Test func readsDoubles() {
        #expect(JSON.number("1.5e3").doubleValue == 1500)
        #expect(JSON.int(3).doubleValue == 3)
        #expect(JSON.number("1e400").doubleValue == nil)
        #expect(JSON.string("1").doubleValue == nil)
    }

    @Test(arguments: ["0.1", "-12.50", "1e-100", "12345678901234567890123456789012345678", "0", "63.7", "-1E3"])
    func readsExactDecimals(_ digits: String) {
        #expect(JSON.number(digits).decimalValue == Decimal(string: digits))
    }

    @Test func refusesDecimalsThatWouldLoseDigits() {
        #expect(JSON.number("123456789012345678901234567890123456789").decimalValue == nil)
        #expect(JSON.number("1e400").decimalValue == nil)
    }

    @Test func writesDecimals() throws {
        #expect(JSON(try #require(Decimal(string: "0.10"))) == .number("0.1"))
        #expect(JSON(Decimal(42)) == 42)
        #expect(JSON(Decimal.nan) == Optional<JSON>.none)
    }
}
