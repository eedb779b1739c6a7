/// Writes numbers for readers: 1,761 and, in Japanese, 173万8,301 where a figure is large.
public struct NumberFormat: Sendable, Hashable {
    public var language: Language

    public init(_ language: Language) { self.language = language }

    /// Groups of three: `1,738,301`.
    public func grouped(_ number: Int) -> String {
        number < 0 ? "−" + Self.grouped(String(number.magnitude)) : Self.grouped(String(number))
    }

    /// In Japanese with 万 and 億 from 10,000 on; in English grouped.
    public func large(_ number: Int) -> String {
        guard language != .en, number.magnitude >= 10_000 else { return grouped(number) }
        let sign = number < 0 ? "−" : ""
        let (hundredMillions, rest) = number.magnitude.quotientAndRemainder(dividingBy: 100_000_000)
        let (tenThousands, ones) = rest.quotientAndRemainder(dividingBy: 10_000)
        return sign + (hundredMillions > 0 ? Self.grouped(String(hundredMillions)) + "億" : "")
            + (tenThousands > 0 ? Self.grouped(String(tenThousands)) + "万" : "")
            + (ones > 0 ? Self.grouped(String(ones)) : "")
    }

    /// A decimal as its digits were written (`-1234.50`), with groups and a real minus.
    public func digits(_ number: String) -> String {
        let isNegative = number.hasPrefix("-")
        let parts = number.drop { $0 == "-" }.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        guard let whole = parts.first, !whole.isEmpty, whole.allSatisfy(\.isASCII), whole.allSatisfy(\.isNumber) else {
            return number
        }
        let fraction = parts.count > 1 ? "." + parts[1] : ""
        return (isNegative ? "−" : "") + Self.grouped(String(whole)) + fraction
    }

    /// Rounded to `places`, without zeros at the end.
    public func rounded(_ number: Double, places: Int = 2) -> String {
        guard number.isFinite, number.magnitude < 1e15 else { return String(number) }
        var scale = 1.0
        for _ in 0..<places { scale *= 10 }
        let scaled = (number.magnitude * scale).rounded()
        let (whole, fraction) = Int64(scaled).quotientAndRemainder(dividingBy: Int64(scale))
        let sign = number < 0 && scaled > 0 ? "−" : ""
        var digits = String(fraction)
        digits = String(repeating: "0", count: places - min(places, digits.count)) + digits
        while digits.hasSuffix("0") { digits.removeLast() }
        return sign + Self.grouped(String(whole)) + (digits.isEmpty ? "" : "." + digits)
    }

    /// A size of a file: `929 KB`.
    public func bytes(_ count: Int) -> String {
        switch count {
        case ..<1_000: grouped(count) + " B"
        case ..<1_000_000: rounded(Double(count) / 1_000, places: 0) + " KB"
        case ..<1_000_000_000: rounded(Double(count) / 1_000_000, places: 1) + " MB"
        default: rounded(Double(count) / 1_000_000_000, places: 1) + " GB"
        }
    }

    private static func grouped(_ digits: String) -> String {
        var result = ""
        for (position, digit) in digits.enumerated() {
            if position > 0, (digits.count - position).isMultiple(of: 3) { result.append(",") }
            result.append(digit)
        }
        return result
    }
}
