import Storage

/// The DateTime of NGSI-LD (ETSI GS CIM 009 clause 4.6.3): ISO 8601 with date, time and zone, such as
/// `2026-04-01T09:00:00.250+09:00`.
public enum DateTime {
    /// The instant that a text names, or nil if it is no DateTime. Digits beyond microseconds are cut.
    public static func instant(_ text: String) -> Instant? {
        var text = text
        return text.withUTF8 { DateTimeScanner(bytes: $0).instant() }
    }

    /// UTC with milliseconds and `Z`; with microseconds where there are some.
    public static func text(_ instant: Instant) -> String {
        let seconds = instant.microseconds.floored(by: 1_000_000)
        let micros = instant.microseconds - seconds * 1_000_000
        let days = seconds.floored(by: 86_400)
        let inDay = seconds - days * 86_400
        let (year, month, day) = civil(days: days)
        let date = "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
        let time = "\(padded(inDay / 3_600, 2)):\(padded(inDay / 60 % 60, 2)):\(padded(inDay % 60, 2))"
        let fraction = micros % 1_000 == 0 ? padded(micros / 1_000, 3) : padded(micros, 6)
        return "\(date)T\(time).\(fraction)Z"
    }

    private static func padded(_ value: Int64, _ width: Int) -> String {
        let digits = String(value)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }

    /// Days since 1970-01-01 of a date of the proleptic Gregorian calendar (after H. Hinnant's `days_from_civil`).
    static func days(year: Int64, month: Int64, day: Int64) -> Int64 {
        let shifted = month <= 2 ? year - 1 : year
        let era = shifted.floored(by: 400)
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    private static func civil(days: Int64) -> (Int64, Int64, Int64) {
        let shifted = days + 719_468
        let era = shifted.floored(by: 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthIndex = (5 * dayOfYear + 2) / 153
        let month = monthIndex < 10 ? monthIndex + 3 : monthIndex - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * monthIndex + 2) / 5 + 1)
    }
}

extension Int64 {
    /// The quotient rounded towards minus infinity.
    fileprivate func floored(by divisor: Int64) -> Int64 { self / divisor - (self % divisor < 0 ? 1 : 0) }
}

/// Reads a DateTime from left to right.
private struct DateTimeScanner {
    let bytes: UnsafeBufferPointer<UInt8>
    private var position = 0

    init(bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    func instant() -> Instant? {
        var scanner = self
        return scanner.scan()
    }

    private mutating func scan() -> Instant? {
        guard bytes.count >= 20, bytes.count <= 40, let year = number(4), skip("-"), let month = number(2), skip("-"),
            let day = number(2), skip("T"), let hour = number(2), skip(":"), let minute = number(2), skip(":"),
            let second = number(2), let micros = fraction(), let zone = zone(), position == bytes.count,
            (1...12).contains(month), (1...Self.lastDay(month, year)).contains(day), hour < 24, minute < 60, second < 61
        else { return nil }
        let days = DateTime.days(year: year, month: month, day: day)
        return Instant(
            microseconds: (days * 86_400 + hour * 3_600 + minute * 60 + second - zone * 60) * 1_000_000 + micros)
    }

    private static func lastDay(_ month: Int64, _ year: Int64) -> Int64 {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    private mutating func number(_ digits: Int) -> Int64? {
        guard position + digits <= bytes.count else { return nil }
        var value: Int64 = 0
        for byte in bytes[position..<position + digits] {
            guard (48...57).contains(byte) else { return nil }
            value = value * 10 + Int64(byte - 48)
        }
        position += digits
        return value
    }

    private mutating func skip(_ character: Unicode.Scalar) -> Bool {
        guard position < bytes.count, bytes[position] == UInt8(ascii: character) else { return false }
        position += 1
        return true
    }

    private mutating func fraction() -> Int64? {
        guard skip(".") || skip(",") else { return 0 }
        var value: Int64 = 0
        var digits = 0
        while position < bytes.count, (48...57).contains(bytes[position]) {
            if digits < 6 { value = value * 10 + Int64(bytes[position] - 48) }
            digits += 1
            position += 1
        }
        guard digits > 0 else { return nil }
        for _ in min(digits, 6)..<6 { value *= 10 }
        return value
    }

    /// Minutes east of UTC.
    private mutating func zone() -> Int64? {
        if skip("Z") { return 0 }
        let sign: Int64
        if skip("+") { sign = 1 } else if skip("-") { sign = -1 } else { return nil }
        guard let hours = number(2), skip(":"), let minutes = number(2), hours < 24, minutes < 60 else { return nil }
        return sign * (hours * 60 + minutes)
    }
}
