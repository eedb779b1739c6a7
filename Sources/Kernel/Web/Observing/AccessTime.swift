import Storage

/// RFC 3339 in UTC with milliseconds, without the cost of a formatter.
enum AccessTime {
    static func text(_ instant: Instant) -> String {
        let milliseconds = floorDivide(instant.microseconds, 1_000)
        let seconds = floorDivide(milliseconds, 1_000)
        let days = floorDivide(seconds, 86_400)
        let (year, month, day) = date(days)
        let second = Int(seconds - days * 86_400)
        return [
            padded(year, 4), "-", padded(month, 2), "-", padded(day, 2), "T", padded(second / 3_600, 2), ":",
            padded(second / 60 % 60, 2), ":", padded(second % 60, 2), ".",
            padded(Int(milliseconds - seconds * 1_000), 3), "Z",
        ].joined()
    }

    private static func floorDivide(_ value: Int64, _ divisor: Int64) -> Int64 {
        value >= 0 ? value / divisor : (value - divisor + 1) / divisor
    }

    private static func padded(_ value: Int, _ width: Int) -> String {
        let digits = String(value)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }

    /// The Gregorian date of a day counted from 1970-01-01; the year begins in March, so that leap days come last.
    private static func date(_ days: Int64) -> (year: Int, month: Int, day: Int) {
        let shifted = days + 719_468
        let era = floorDivide(shifted, 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (Int(year), Int(month), Int(dayOfYear - (153 * marchMonth + 2) / 5 + 1))
    }
}
