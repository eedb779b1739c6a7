extension TapeScanner {
    /// Scans a number (RFC 8259 §6) and tells canonical 64-bit integers from all others.
    mutating func scanNumber() throws(JSONFault) {
        let start = position
        if bytes[position] == UInt8(ascii: "-") { position += 1 }
        let integerStart = position
        try scanDigits()
        if position - integerStart > 1, bytes[integerStart] == UInt8(ascii: "0") {
            throw JSONFault(code: .leadingZero, offset: integerStart)
        }
        let integerEnd = position
        try scanFraction()
        try scanExponent()
        let isInteger = position == integerEnd && isCanonical(start, integerStart)
        append(isInteger ? .integer : .number, from: start)
    }

    private mutating func scanFraction() throws(JSONFault) {
        guard position < bytes.count, bytes[position] == UInt8(ascii: ".") else { return }
        position += 1
        try scanDigits()
    }

    private mutating func scanExponent() throws(JSONFault) {
        guard position < bytes.count, bytes[position] | 0x20 == UInt8(ascii: "e") else { return }
        position += 1
        if position < bytes.count, bytes[position] == UInt8(ascii: "+") || bytes[position] == UInt8(ascii: "-") {
            position += 1
        }
        try scanDigits()
    }

    private mutating func scanDigits() throws(JSONFault) {
        let start = position
        while position < bytes.count, bytes[position] &- 0x30 < 10 { position += 1 }
        guard position > start else { throw fault(position < bytes.count ? .invalidNumber : .unexpectedEnd) }
    }

    /// Whether the digits up to `position` are what `Int64` writes: not `-0`, and no more than 64 bits.
    private func isCanonical(_ start: Int, _ integerStart: Int) -> Bool {
        let length = position - integerStart
        if bytes[integerStart] == UInt8(ascii: "0") { return start == integerStart }
        if length < 19 { return true }
        return length == 19 && IntegerText.value(bytes[start..<position]) != nil
    }
}

/// Digits to integers without a `String` between.
enum IntegerText {
    /// The integer that canonical digits name, or nil if it needs more than 64 bits.
    static func value(_ digits: Slice<UnsafeBufferPointer<UInt8>>) -> Int64? {
        let isNegative = digits.first == UInt8(ascii: "-")
        var value: Int64 = 0
        for byte in isNegative ? digits.dropFirst() : digits {
            let (product, overflow) = value.multipliedReportingOverflow(by: 10)
            let digit = Int64(byte &- 0x30)
            let (sum, carry) =
                isNegative ? product.subtractingReportingOverflow(digit) : product.addingReportingOverflow(digit)
            if overflow || carry { return nil }
            value = sum
        }
        return value
    }
}
