/// The encodings in which municipal files are published.
public enum TextEncoding: String, Sendable, Equatable, CaseIterable {
    case utf8 = "UTF-8"
    /// Shift_JIS as Windows writes it, with the extensions of NEC and IBM.
    case cp932 = "CP932"
    case utf16LittleEndian = "UTF-16LE"
    case utf16BigEndian = "UTF-16BE"
}

/// What the first bytes of a file tell about its text.
struct EncodingGuess: Equatable {
    var encoding: TextEncoding
    var markLength: Int
    /// False while only ASCII was seen: the first other byte decides.
    var isCertain: Bool

    /// - Parameter isWhole: true if `sample` is the whole file, so that a cut character at its end is an error.
    static func of(_ sample: [UInt8], isWhole: Bool) -> EncodingGuess? {
        if let marked = fromMark(sample) { return marked }
        if let wide = fromZeroBytes(sample) { return wide }
        if sample.allSatisfy({ $0 < 0x80 }) { return EncodingGuess(encoding: .utf8, markLength: 0, isCertain: false) }
        guard let encoding = eightBit(sample, isWhole: isWhole) else { return nil }
        return EncodingGuess(encoding: encoding, markLength: 0, isCertain: true)
    }

    private static func fromMark(_ sample: [UInt8]) -> EncodingGuess? {
        if sample.starts(with: [0xEF, 0xBB, 0xBF]) {
            return EncodingGuess(encoding: .utf8, markLength: 3, isCertain: true)
        }
        if sample.starts(with: [0xFF, 0xFE]) {
            return EncodingGuess(encoding: .utf16LittleEndian, markLength: 2, isCertain: true)
        }
        if sample.starts(with: [0xFE, 0xFF]) {
            return EncodingGuess(encoding: .utf16BigEndian, markLength: 2, isCertain: true)
        }
        return nil
    }

    /// UTF-16 without a mark: separators and digits leave a zero in every other byte.
    private static func fromZeroBytes(_ sample: [UInt8]) -> EncodingGuess? {
        let head = sample.prefix(4_096)
        guard head.count >= 8 else { return nil }
        var even = 0
        var odd = 0
        for (index, byte) in head.enumerated() where byte == 0 {
            if index.isMultiple(of: 2) { even += 1 } else { odd += 1 }
        }
        let threshold = head.count / 16
        if odd > threshold, even == 0 {
            return EncodingGuess(encoding: .utf16LittleEndian, markLength: 0, isCertain: true)
        }
        if even > threshold, odd == 0 {
            return EncodingGuess(encoding: .utf16BigEndian, markLength: 0, isCertain: true)
        }
        return nil
    }

    /// Text is hardly ever UTF-8 by chance, so a few broken characters do not speak against it; CP932 comes second.
    /// Nil if both leave more than one broken character in twenty.
    static func eightBit(_ sample: [UInt8], isWhole: Bool) -> TextEncoding? {
        if UTF8Check.count(sample, isWhole: isWhole).isText { return .utf8 }
        return CP932Check.count(sample, isWhole: isWhole).isText ? .cp932 : nil
    }
}

/// Well-formed and broken sequences outside ASCII.
struct SequenceCount: Equatable {
    var wide = 0
    var broken = 0

    var isText: Bool { broken * 20 <= wide + broken }
}

enum UTF8Check {
    static func count(_ bytes: [UInt8], isWhole: Bool) -> SequenceCount {
        bytes.withUnsafeBufferPointer { count($0, isWhole: isWhole) }
    }

    static func count(_ bytes: UnsafeBufferPointer<UInt8>, isWhole: Bool) -> SequenceCount {
        var result = SequenceCount()
        var index = 0
        while index < bytes.count {
            if bytes[index] < 0x80 {
                index += 1
                continue
            }
            let length = sequenceLength(bytes, at: index)
            if length > 0 {
                result.wide += 1
                index += length
            } else if length < 0, !isWhole {
                return result
            } else {
                result.broken += 1
                index += 1
            }
        }
        return result
    }

    /// Length of the well-formed sequence (Unicode table 3-7) at `index`, 0 if it is broken, -1 if the bytes end inside it.
    static func sequenceLength(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> Int {
        let lead = bytes[index]
        let length = lead < 0x80 ? 1 : lead < 0xC2 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 0
        guard length > 1 else { return length }
        guard index + 1 < bytes.count else { return -1 }
        let lowest: UInt8 = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80
        let highest: UInt8 = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF
        guard bytes[index + 1] >= lowest, bytes[index + 1] <= highest else { return 0 }
        for offset in 2..<max(length, 2) {
            guard index + offset < bytes.count else { return -1 }
            guard bytes[index + offset] & 0xC0 == 0x80 else { return 0 }
        }
        return length
    }
}

enum CP932Check {
    static func count(_ bytes: [UInt8], isWhole: Bool) -> SequenceCount {
        var result = SequenceCount()
        var index = 0
        while index < bytes.count {
            let lead = bytes[index]
            index += 1
            if lead < 0x80 { continue }
            if (0xA1...0xDF).contains(lead) {
                result.wide += 1
                continue
            }
            guard (0x81...0x9F).contains(lead) || (0xE0...0xFC).contains(lead) else {
                result.broken += 1
                continue
            }
            guard index < bytes.count else {
                if isWhole { result.broken += 1 }
                break
            }
            if (0x40...0xFC).contains(bytes[index]), bytes[index] != 0x7F {
                result.wide += 1
                index += 1
            } else {
                result.broken += 1
            }
        }
        return result
    }
}
