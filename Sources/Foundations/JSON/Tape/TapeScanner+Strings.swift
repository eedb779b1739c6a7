extension TapeScanner {
    /// Scans a string from its opening quote (RFC 8259 §7), refusing what is no Unicode text.
    mutating func scanString() throws(JSONFault) {
        let start = position
        var kind = TapeEntry.Kind.string
        position += 1
        while true {
            skipPlainText()
            guard position < bytes.count else { throw fault(.unexpectedEnd) }
            switch bytes[position] {
            case UInt8(ascii: "\""):
                position += 1
                return append(kind, from: start)
            case UInt8(ascii: "\\"):
                kind = .escapedString
                try scanEscape()
            case 0x80...:
                repeat { try scanMultibyteScalar() } while position < bytes.count && bytes[position] >= 0x80
            case ..<0x20: throw fault(.controlCharacter)
            default: position += 1
            }
        }
    }

    /// Skips printable ASCII other than quote and backslash, eight bytes at a time.
    private mutating func skipPlainText() {
        while position + 8 <= bytes.count {
            let address = UnsafeRawPointer(bytes.baseAddress.unsafelyUnwrapped + position)
            let word = UInt64(littleEndian: address.loadUnaligned(as: UInt64.self))
            let special = zeroBytes(word ^ 0x2222_2222_2222_2222) | zeroBytes(word ^ 0x5C5C_5C5C_5C5C_5C5C)
            let control = (word &- 0x2020_2020_2020_2020) & ~word & 0x8080_8080_8080_8080
            let found = special | control | (word & 0x8080_8080_8080_8080)
            guard found == 0 else {
                position += found.trailingZeroBitCount >> 3
                return
            }
            position += 8
        }
    }

    /// The high bit of each byte that is zero; bits above the first such byte may be wrong, which does no harm.
    private func zeroBytes(_ word: UInt64) -> UInt64 {
        (word &- 0x0101_0101_0101_0101) & ~word & 0x8080_8080_8080_8080
    }

    private mutating func scanEscape() throws(JSONFault) {
        guard position + 1 < bytes.count else { throw fault(.unexpectedEnd) }
        switch bytes[position + 1] {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
            UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
            position += 2
        case UInt8(ascii: "u"): try scanUnicodeEscape()
        default: throw fault(.invalidEscape)
        }
    }

    private mutating func scanUnicodeEscape() throws(JSONFault) {
        switch try codeUnit(at: position) {
        case 0xD800...0xDBFF:
            guard position + 7 < bytes.count, bytes[position + 6] == UInt8(ascii: "\\"),
                bytes[position + 7] == UInt8(ascii: "u"), case 0xDC00...0xDFFF = try codeUnit(at: position + 6)
            else { throw fault(.loneSurrogate) }
            position += 12
        case 0xDC00...0xDFFF: throw fault(.loneSurrogate)
        default: position += 6
        }
    }

    private func codeUnit(at start: Int) throws(JSONFault) -> UInt16 {
        guard start + 6 <= bytes.count else { throw JSONFault(code: .unexpectedEnd, offset: bytes.count) }
        guard let unit = StringContent.codeUnit(bytes, start + 2) else {
            throw JSONFault(code: .invalidEscape, offset: start)
        }
        return unit
    }

    /// Steps over one well-formed sequence of two to four bytes (Unicode 16, table 3-7).
    private mutating func scanMultibyteScalar() throws(JSONFault) {
        let length: Int
        var second: ClosedRange<UInt8> = 0x80...0xBF
        switch bytes[position] {
        case 0xC2...0xDF: length = 2
        case 0xE0: (length, second) = (3, 0xA0...0xBF)
        case 0xED: (length, second) = (3, 0x80...0x9F)
        case 0xE1...0xEF: length = 3
        case 0xF0: (length, second) = (4, 0x90...0xBF)
        case 0xF1...0xF3: length = 4
        case 0xF4: (length, second) = (4, 0x80...0x8F)
        default: throw fault(.invalidUTF8)
        }
        guard position + length <= bytes.count, second.contains(bytes[position + 1]) else { throw fault(.invalidUTF8) }
        if length > 2, bytes[position + 2] & 0xC0 != 0x80 { throw fault(.invalidUTF8) }
        if length > 3, bytes[position + 3] & 0xC0 != 0x80 { throw fault(.invalidUTF8) }
        position += length
    }
}
