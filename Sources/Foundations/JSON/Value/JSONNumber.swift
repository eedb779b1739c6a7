/// A JSON number as its digits (RFC 8259 §6). Two numbers are equal if they are written alike: `1` is not `1.0`.
public struct JSONNumber: Sendable, Hashable, CustomStringConvertible {
    /// The text of the number.
    public let digits: String

    public init(_ value: Int64) { digits = String(value) }

    /// A number from its text, or nil if that is not what JSON calls a number.
    public init?(_ digits: String) {
        guard let tape = try? JSONTape(parsing: digits), tape.root.type == .number,
            tape.root.range.count == tape.bytes.count
        else { return nil }
        self.digits = digits
    }

    public var description: String { digits }

    /// The nearest double, or nil beyond its range.
    public var doubleValue: Double? {
        Double(digits).flatMap { $0.isFinite ? $0 : nil }
    }

    /// The exact value if it is whole and fits in 64 bits, however it is written; else nil.
    public var int64Value: Int64? { Int64(digits) ?? scaled.wholeValue }

    /// The number as a JSON value.
    public var json: JSON {
        guard let value = Int64(digits), digits == String(value) else { return .number(digits) }
        return .int(value)
    }

    /// Significant digits and the power of ten they are multiplied by.
    var scaled: ScaledDigits { ScaledDigits(of: digits) }
}

/// A number as significant digits, without zeros at either end, and a power of ten.
struct ScaledDigits {
    var isNegative = false
    var significant: [UInt8] = []
    /// Nil if it does not fit in an `Int`.
    var exponent: Int?

    /// `text` is a JSON number.
    init(of text: String) {
        let parts = text.utf8.split(separator: UInt8(ascii: "e"), omittingEmptySubsequences: false)
            .flatMap { $0.split(separator: UInt8(ascii: "E"), omittingEmptySubsequences: false) }
        guard let written = parts.count > 1 ? Int(Substring(parts[1])) : 0 else { return }
        var hasPoint = false
        var fractionDigits = 0
        var trailingZeros = 0
        for byte in parts[0] {
            switch byte {
            case UInt8(ascii: "-"): isNegative = true
            case UInt8(ascii: "."): hasPoint = true
            default:
                if hasPoint { fractionDigits += 1 }
                if byte != UInt8(ascii: "0") || !significant.isEmpty { significant.append(byte) }
            }
        }
        while significant.last == UInt8(ascii: "0") {
            significant.removeLast()
            trailingZeros += 1
        }
        let (sum, overflow) = written.addingReportingOverflow(trailingZeros - fractionDigits)
        exponent = significant.isEmpty ? 0 : overflow ? nil : sum
    }

    var wholeValue: Int64? {
        guard let exponent, (0...19).contains(exponent) else { return nil }
        let digits = String(decoding: significant, as: UTF8.self) + String(repeating: "0", count: exponent)
        return significant.isEmpty ? 0 : Int64((isNegative ? "-" : "") + digits)
    }
}
