/// What a cell holds, with the digits as they were written.
public enum CellValue: Equatable, Sendable {
    case empty
    case boolean(Bool)
    /// Digits with an optional sign; separators of thousands are left out. A leading zero makes a code, which is text.
    case integer(String)
    case decimal(String)
    case date(year: Int, month: Int, day: Int)
    /// Seconds since midnight, up to 24:00:00.
    case time(seconds: Int)
    case timestamp(Timestamp)
    case text(String)

    public init(_ text: String) {
        var copy = text
        self = copy.withUTF8 { CellValue(utf8: $0) }
    }

    /// Reads a cell; spaces around it, also full-width ones, do not count.
    public init(utf8 bytes: UnsafeBufferPointer<UInt8>) {
        let trimmed = CellText.trimmed(bytes)
        if trimmed.isEmpty {
            self = .empty
        } else if let number = NumberText.value(trimmed) {
            self = number
        } else if let time = TimeText.value(trimmed) {
            self = time
        } else if let truth = CellText.truth(trimmed) {
            self = .boolean(truth)
        } else {
            self = .text(String(decoding: trimmed, as: UTF8.self))
        }
    }

    public var isText: Bool {
        if case .text = self { true } else { false }
    }
}

/// A moment as a file gives it.
public struct Timestamp: Equatable, Sendable {
    /// Microseconds since 1970-01-01T00:00:00Z; a time without zone is taken as that of `offsetSeconds`.
    public var microseconds: Int64
    /// Offset from UTC as written, or Japan's 32,400 if nothing was.
    public var offsetSeconds: Int
    public var hasZone: Bool

    public init(microseconds: Int64, offsetSeconds: Int, hasZone: Bool) {
        self.microseconds = microseconds
        self.offsetSeconds = offsetSeconds
        self.hasZone = hasZone
    }
}

enum CellText {
    /// Without spaces, tabs, line breaks and U+3000 at both ends.
    static func trimmed(_ bytes: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
        var start = 0
        var end = bytes.count
        while start < end {
            if bytes[start] <= 0x20 {
                start += 1
            } else if end - start >= 3, isWideSpace(bytes, start) {
                start += 3
            } else {
                break
            }
        }
        while end > start {
            if bytes[end - 1] <= 0x20 {
                end -= 1
            } else if end - start >= 3, isWideSpace(bytes, end - 3) {
                end -= 3
            } else {
                break
            }
        }
        return UnsafeBufferPointer(rebasing: bytes[start..<end])
    }

    private static func isWideSpace(_ bytes: UnsafeBufferPointer<UInt8>, _ index: Int) -> Bool {
        bytes[index] == 0xE3 && bytes[index + 1] == 0x80 && bytes[index + 2] == 0x80
    }

    static func truth(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool? {
        guard bytes.count <= 6 else { return nil }
        switch String(decoding: bytes, as: UTF8.self) {
        case "true", "TRUE", "True", "○", "〇", "有", "あり": return true
        case "false", "FALSE", "False", "×", "無", "なし": return false
        default: return nil
        }
    }
}

enum NumberText {
    /// The integer or decimal that fills `bytes`, nil for all else. `1,234` groups by three; `007` is a code.
    static func value(_ bytes: UnsafeBufferPointer<UInt8>) -> CellValue? {
        guard bytes.count <= 64, let first = bytes.first, isDigit(first) || "+-.".utf8.contains(first) else {
            return nil
        }
        var digits: [UInt8] = []
        digits.reserveCapacity(bytes.count)
        var index = 0
        if first == UInt8(ascii: "-") || first == UInt8(ascii: "+") {
            if first == UInt8(ascii: "-") { digits.append(first) }
            index = 1
        }
        guard let whole = wholePart(bytes, from: &index, into: &digits) else { return nil }
        guard index < bytes.count else { return whole == 0 ? nil : .integer(String(decoding: digits, as: UTF8.self)) }
        guard bytes[index] == UInt8(ascii: "."), index + 1 < bytes.count else { return nil }
        if whole == 0 { digits.append(UInt8(ascii: "0")) }
        guard bytes[(index + 1)...].allSatisfy(isDigit) else { return nil }
        digits.append(contentsOf: bytes[index...])
        return .decimal(String(decoding: digits, as: UTF8.self))
    }

    /// How many digits stand before the point; nil if they make no number.
    private static func wholePart(
        _ bytes: UnsafeBufferPointer<UInt8>, from index: inout Int, into digits: inout [UInt8]
    ) -> Int? {
        var count = 0
        var sinceComma: Int?
        while index < bytes.count {
            if isDigit(bytes[index]) {
                digits.append(bytes[index])
                count += 1
                sinceComma = sinceComma.map { $0 + 1 }
            } else if bytes[index] == UInt8(ascii: ",") {
                guard sinceComma.map({ $0 == 3 }) ?? (1...3).contains(count) else { return nil }
                sinceComma = 0
            } else {
                break
            }
            index += 1
        }
        guard sinceComma ?? 3 == 3 else { return nil }
        let firstDigit = digits.first == UInt8(ascii: "-") ? digits.dropFirst().first : digits.first
        return count > 1 && firstDigit == UInt8(ascii: "0") ? nil : count
    }

    static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }
}
