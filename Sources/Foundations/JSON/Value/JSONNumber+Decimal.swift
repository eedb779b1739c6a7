import Foundation

extension JSONNumber {
    /// The exact decimal, or nil if it needs more than the 38 digits or the exponents −128…127 that `Decimal` holds.
    public var decimalValue: Decimal? {
        let scaled = scaled
        guard let exponent = scaled.exponent, scaled.significant.count <= 38, (-128...127).contains(exponent) else {
            return nil
        }
        var value = Decimal.zero
        for digit in scaled.significant { value = value * 10 + Decimal(Int(digit - UInt8(ascii: "0"))) }
        return Decimal(sign: scaled.isNegative ? .minus : .plus, exponent: exponent, significand: value)
    }
}

extension JSON {
    /// The exact decimal of a number; nil for other types and for numbers that `Decimal` cannot hold.
    public var decimalValue: Decimal? { numberValue?.decimalValue }

    /// A number from a decimal; nil for NaN.
    public init?(_ value: Decimal) {
        guard !value.isNaN, let number = JSONNumber(value.description) else { return nil }
        self = number.json
    }
}
