/// 全国地方公共団体コード: two digits of the prefecture, three of the body, one check digit (JIS X 0401 and 0402 with the
/// check digit of the Ministry of Internal Affairs).
public struct MunicipalityCode: Hashable, Sendable, Comparable {
    /// The five digits before the check digit.
    public let number: Int

    /// Reads the six-digit form; nil if it has another length or a wrong check digit.
    public init?(sixDigits text: some StringProtocol) {
        guard let value = Digits.value(text, count: 6), let code = MunicipalityCode(number: value / 10),
            code.checkDigit == value % 10
        else { return nil }
        self = code
    }

    /// Reads the five-digit form of the Statistics Bureau, as in GTFS-JP or N03.
    public init?(fiveDigits text: some StringProtocol) {
        guard let value = Digits.value(text, count: 5), let code = MunicipalityCode(number: value) else { return nil }
        self = code
    }

    /// Reads either form, by length.
    public init?(_ text: some StringProtocol) {
        if let code = MunicipalityCode(sixDigits: text) ?? MunicipalityCode(fiveDigits: text) {
            self = code
        } else {
            return nil
        }
    }

    /// - Parameter number: five digits, the first two 01 to 47.
    public init?(number: Int) {
        guard (1...47).contains(number / 1_000) else { return nil }
        self.number = number
    }

    public var prefecture: Prefecture { Prefecture(validNumber: number / 1_000) }

    /// True for the prefecture itself (430005), false for a municipality or ward.
    public var isPrefecture: Bool { number % 1_000 == 0 }

    public var fiveDigits: String { Digits.padded(number, to: 5) }

    public var sixDigits: String { Digits.padded(number * 10 + checkDigit, to: 6) }

    /// Weights 6 to 2 from the left; eleven minus the remainder, its last digit. Sums below eleven are taken from eleven.
    public var checkDigit: Int {
        var sum = 0
        var rest = number
        for weight in 2...6 {
            sum += rest % 10 * weight
            rest /= 10
        }
        return (11 - sum % 11) % 10
    }

    public static func < (left: MunicipalityCode, right: MunicipalityCode) -> Bool { left.number < right.number }
}

extension MunicipalityCode: CustomStringConvertible {
    public var description: String { sixDigits }
}

enum Digits {
    /// The value of exactly `count` ASCII digits.
    static func value(_ text: some StringProtocol, count: Int) -> Int? {
        guard text.utf8.count == count, text.utf8.allSatisfy({ $0 &- 0x30 < 10 }) else { return nil }
        return text.utf8.reduce(0) { $0 * 10 + Int($1 - 0x30) }
    }

    static func padded(_ value: Int, to length: Int) -> String {
        let digits = String(value)
        return String(repeating: "0", count: max(0, length - digits.count)) + digits
    }
}
