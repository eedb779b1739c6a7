/// 法人番号: a check digit and twelve digits (法人番号の指定等に関する省令, article 2).
public struct CorporateNumber: Hashable, Sendable {
    /// All thirteen digits.
    public let digits: String

    /// Nil unless `text` is thirteen digits whose first is the check digit of the rest.
    public init?(_ text: some StringProtocol) {
        guard let value = Digits.value(text, count: 13) else { return nil }
        let base = value % 1_000_000_000_000
        guard CorporateNumber.checkDigit(of: base) == value / 1_000_000_000_000 else { return nil }
        digits = String(text)
    }

    /// Nine minus the remainder by nine of the digits, weighted 1 and 2 in turn from the right.
    static func checkDigit(of base: Int) -> Int {
        var sum = 0
        var rest = base
        for place in 1...12 {
            sum += rest % 10 * (place.isMultiple(of: 2) ? 2 : 1)
            rest /= 10
        }
        return 9 - sum % 9
    }
}

extension CorporateNumber: CustomStringConvertible {
    public var description: String { digits }
}
