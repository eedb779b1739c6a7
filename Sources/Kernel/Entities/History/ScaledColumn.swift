/// Numbers that are all written with the same count of decimals, as integers; nulls between them.
struct ScaledColumn {
    private var scale: Int
    /// Nil: null.
    private var integers: [Int64?]

    /// Nil if the values are not of that kind.
    init?(_ values: [HistorySegment.Value]) {
        var scale: Int?
        var integers: [Int64?] = []
        integers.reserveCapacity(values.count)
        for value in values {
            if value.bytes.elementsEqual("null".utf8) {
                integers.append(nil)
                continue
            }
            guard let (integer, decimals) = Self.parse(value.bytes), scale ?? decimals == decimals else { return nil }
            scale = decimals
            integers.append(integer)
        }
        self.scale = scale ?? 0
        self.integers = integers
    }

    /// The integer without the point and the count of decimals; nil for what would not come back as written (`-0`,
    /// exponents, more than 18 digits).
    private static func parse(_ bytes: [UInt8]) -> (Int64, Int)? {
        var (integer, digits, decimals): (Int64, Int, Int) = (0, 0, 0)
        var hasPoint = false
        let isNegative = bytes.first == UInt8(ascii: "-")
        for byte in bytes.dropFirst(isNegative ? 1 : 0) {
            switch byte {
            case 48...57:
                integer = integer * 10 + Int64(byte - 48)
                digits += 1
                if hasPoint { decimals += 1 }
                guard digits <= 18 else { return nil }
            case UInt8(ascii: ".") where !hasPoint: hasPoint = true
            default: return nil
            }
        }
        guard digits > 0, hasPoint == (decimals > 0), !(isNegative && integer == 0) else { return nil }
        return (isNegative ? -integer : integer, decimals)
    }

    func write(into writer: inout VarintWriter) {
        writer.byte(UInt8(scale))
        var bits = [UInt8](repeating: 0, count: (integers.count + 7) / 8)
        for (index, integer) in integers.enumerated() where integer != nil { bits[index / 8] |= 1 << (index % 8) }
        writer.bytes += bits
        var last: Int64 = 0
        for case let integer? in integers {
            writer.signed(integer &- last)
            last = integer
        }
    }

    init?(_ count: Int, _ reader: inout VarintReader) {
        guard let scale = reader.byte(), scale <= 18, let bits = reader.take(UInt64((count + 7) / 8)) else {
            return nil
        }
        self.scale = Int(scale)
        integers = []
        var last: Int64 = 0
        for index in 0..<count {
            guard bits[index / 8] >> (index % 8) & 1 == 1 else {
                integers.append(nil)
                continue
            }
            guard let change = reader.signed() else { return nil }
            last = last &+ change
            integers.append(last)
        }
    }

    var texts: [[UInt8]] { integers.map { $0.map(text) ?? Array("null".utf8) } }

    private func text(_ integer: Int64) -> [UInt8] {
        var digits = Array(String(integer.magnitude).utf8)
        if digits.count <= scale {
            digits.insert(contentsOf: repeatElement(48, count: scale + 1 - digits.count), at: 0)
        }
        if scale > 0 { digits.insert(UInt8(ascii: "."), at: digits.count - scale) }
        return integer < 0 ? [UInt8(ascii: "-")] + digits : digits
    }
}
