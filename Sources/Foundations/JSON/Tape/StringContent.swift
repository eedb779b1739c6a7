/// The text that the bytes of a scanned string stand for.
enum StringContent {
    /// The string of an entry of kind `string` or `escapedString`.
    static func string(_ entry: TapeEntry, _ bytes: UnsafeBufferPointer<UInt8>) -> String {
        let raw = UnsafeBufferPointer(rebasing: bytes[entry.content])
        guard entry.kind == .escapedString else { return String(decoding: raw, as: UTF8.self) }
        return String(decoding: unescaped(raw), as: UTF8.self)
    }

    /// UTF-8 with all escapes resolved; `raw` has passed the scanner.
    static func unescaped(_ raw: UnsafeBufferPointer<UInt8>) -> [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity(raw.count)
        var position = 0
        while position < raw.count {
            guard raw[position] == UInt8(ascii: "\\") else {
                text.append(raw[position])
                position += 1
                continue
            }
            position += appendEscape(raw, position, to: &text)
        }
        return text
    }

    /// Appends what the escape at `position` means and returns its length.
    private static func appendEscape(
        _ raw: UnsafeBufferPointer<UInt8>, _ position: Int, to text: inout [UInt8]
    ) -> Int {
        switch raw[position + 1] {
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0C)
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "u"):
            let (scalar, length) = scalar(raw, position)
            text.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
            return length
        case let itself: text.append(itself)
        }
        return 2
    }

    private static func scalar(
        _ raw: UnsafeBufferPointer<UInt8>, _ position: Int
    ) -> (scalar: Unicode.Scalar, length: Int) {
        let unit = UInt32(codeUnit(raw, position + 2) ?? 0xFFFD)
        guard (0xD800...0xDBFF).contains(unit) else { return (Unicode.Scalar(unit) ?? "\u{FFFD}", 6) }
        let low = UInt32(codeUnit(raw, position + 8) ?? 0xDC00)
        return (Unicode.Scalar(0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00)) ?? "\u{FFFD}", 12)
    }

    /// The four hexadecimal digits from `start`, or nil if there are others.
    static func codeUnit(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int) -> UInt16? {
        var unit: UInt16 = 0
        for byte in bytes[start..<start + 4] {
            let digit: UInt8
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = byte - 0x30
            case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = byte - 0x57
            case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = byte - 0x37
            default: return nil
            }
            unit = unit << 4 | UInt16(digit)
        }
        return unit
    }
}
