import Storage

/// Reads bytes, turning `%41` into `A` (RFC 3986 §2.1). A `%` without two hexadecimal digits is refused.
struct PercentDecoder<Units: Sequence<UInt8>> {
    private var units: Units.Iterator

    init(_ units: Units) { self.units = units.makeIterator() }

    @inline(__always)
    mutating func next() throws(Refusal) -> (byte: UInt8, wasEncoded: Bool)? {
        guard let byte = units.next() else { return nil }
        guard byte == UInt8(ascii: "%") else { return (byte, false) }
        guard let high = units.next().flatMap(hexadecimalValue), let low = units.next().flatMap(hexadecimalValue) else {
            throw Refusal(
                .badRequest,
                "A '%' in the address or form is not followed by two hexadecimal digits; write '%25' for it.")
        }
        return (high << 4 | low, true)
    }
}

@inline(__always)
private func hexadecimalValue(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
}
