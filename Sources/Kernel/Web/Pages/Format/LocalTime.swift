import Storage

/// A point in time on the clocks and calendars of Japan (UTC+9, no summer time).
public struct LocalTime: Sendable, Hashable {
    public var year: Int
    public var month: Int
    public var day: Int
    public var hour: Int
    public var minute: Int
    public var second: Int
    /// 0 is Sunday.
    public var weekday: Int

    public init(_ instant: Instant) {
        let seconds = Self.floorDivide(instant.microseconds, 1_000_000) + 9 * 3_600
        let days = Self.floorDivide(seconds, 86_400)
        let time = Int(seconds - days * 86_400)
        (hour, minute, second) = (time / 3_600, time / 60 % 60, time % 60)
        weekday = Int(((days + 4) % 7 + 7) % 7)
        (year, month, day) = Self.civil(days)
    }

    /// Days since 1970-01-01 to the Gregorian date, counted in eras of 400 years that start on 1 March.
    private static func civil(_ days: Int64) -> (Int, Int, Int) {
        let shifted = days + 719_468
        let era = floorDivide(shifted, 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = Int(shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9)
        let year = Int(yearOfEra + era * 400) + (month <= 2 ? 1 : 0)
        return (year, month, Int(dayOfYear - (153 * shiftedMonth + 2) / 5 + 1))
    }

    private static func floorDivide(_ value: Int64, _ divisor: Int64) -> Int64 {
        value >= 0 ? value / divisor : -((divisor - 1 - value) / divisor)
    }
}
