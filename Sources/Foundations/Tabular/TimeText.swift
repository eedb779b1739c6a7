/// Dates and times as tables write them: `2023/06/25 00:10`, `2026-07-27T03:00+09:00`, `2026-4-1`, `9:30`.
enum TimeText {
    static let japan = 9 * 3_600

    static func value(_ bytes: UnsafeBufferPointer<UInt8>) -> CellValue? {
        guard bytes.count >= 4, bytes.count <= 40, NumberText.isDigit(bytes[0]) else { return nil }
        var cursor = DigitCursor(bytes)
        if let time = cursor.time() { return cursor.isAtEnd ? .time(seconds: time.whole) : nil }
        cursor = DigitCursor(bytes)
        guard let (year, month, day) = cursor.date() else { return nil }
        if cursor.isAtEnd { return .date(year: year, month: month, day: day) }
        guard cursor.take(UInt8(ascii: "T")) || cursor.takeSpaces(), let time = cursor.time() else { return nil }
        let zone = cursor.zone()
        guard cursor.isAtEnd else { return nil }
        let days = Int64(CivilDay.number(year: year, month: month, day: day))
        let seconds = days * 86_400 + Int64(time.whole - (zone ?? japan))
        return .timestamp(
            Timestamp(
                microseconds: seconds * 1_000_000 + Int64(time.micros), offsetSeconds: zone ?? japan,
                hasZone: zone != nil))
    }
}

/// Reads numbers and marks from left to right.
struct DigitCursor {
    private let bytes: UnsafeBufferPointer<UInt8>
    private var index = 0

    init(_ bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
    }

    var isAtEnd: Bool { index == bytes.count }

    mutating func take(_ byte: UInt8) -> Bool {
        guard index < bytes.count, bytes[index] == byte else { return false }
        index += 1
        return true
    }

    mutating func takeSpaces() -> Bool {
        let start = index
        while index < bytes.count, bytes[index] == 0x20 { index += 1 }
        return index > start
    }

    mutating func digits(_ lengths: ClosedRange<Int>) -> Int? {
        var value = 0
        let start = index
        while index < bytes.count, index - start < lengths.upperBound, NumberText.isDigit(bytes[index]) {
            value = value * 10 + Int(bytes[index] - 0x30)
            index += 1
        }
        return index - start >= lengths.lowerBound ? value : nil
    }

    /// Year, month and day with `-` or `/` between them; nil if there is no such day.
    mutating func date() -> (Int, Int, Int)? {
        guard let year = digits(4...4), let mark = index < bytes.count ? bytes[index] : nil,
            mark == UInt8(ascii: "-") || mark == UInt8(ascii: "/"), take(mark), let month = digits(1...2), take(mark),
            let day = digits(1...2), CivilDay.exists(year: year, month: month, day: day)
        else { return nil }
        return (year, month, day)
    }

    /// `h:mm`, `hh:mm:ss` or with a fraction; 24:00 is the end of the day.
    mutating func time() -> (whole: Int, micros: Int)? {
        guard let hour = digits(1...2), take(UInt8(ascii: ":")), let minute = digits(2...2), minute < 60 else {
            return nil
        }
        var second = 0
        var micros = 0
        if take(UInt8(ascii: ":")) {
            guard let value = digits(2...2), value < 61 else { return nil }
            second = min(value, 59)
            if take(UInt8(ascii: ".")) { micros = fraction() }
        }
        let whole = hour * 3_600 + minute * 60 + second
        return whole <= 86_400 ? (whole, micros) : nil
    }

    private mutating func fraction() -> Int {
        var value = 0
        var count = 0
        while index < bytes.count, NumberText.isDigit(bytes[index]) {
            if count < 6 { value = value * 10 + Int(bytes[index] - 0x30) }
            count += 1
            index += 1
        }
        while count < 6 {
            value *= 10
            count += 1
        }
        return value
    }

    /// `Z`, `+09:00` or `+0900` in seconds; nil and nothing taken if there is none.
    mutating func zone() -> Int? {
        if take(UInt8(ascii: "Z")) { return 0 }
        let start = index
        let sign = take(UInt8(ascii: "+")) ? 1 : take(UInt8(ascii: "-")) ? -1 : 0
        guard sign != 0, let hours = digits(2...2), hours < 24 else {
            index = start
            return nil
        }
        _ = take(UInt8(ascii: ":"))
        guard let minutes = digits(2...2), minutes < 60 else {
            index = start
            return nil
        }
        return sign * (hours * 3_600 + minutes * 60)
    }
}

/// Days of the proleptic Gregorian calendar.
enum CivilDay {
    static func exists(year: Int, month: Int, day: Int) -> Bool {
        guard (1...9_999).contains(year), (1...12).contains(month), day >= 1 else { return false }
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        let length = month == 2 ? (isLeap ? 29 : 28) : [4, 6, 9, 11].contains(month) ? 30 : 31
        return day <= length
    }

    /// Days since 1970-01-01.
    static func number(year: Int, month: Int, day: Int) -> Int {
        let shifted = month <= 2 ? year - 1 : year
        let era = (shifted >= 0 ? shifted : shifted - 399) / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }
}
