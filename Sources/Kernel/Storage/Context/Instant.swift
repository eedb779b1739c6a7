/// A point in time: microseconds since 1970-01-01T00:00:00Z, without leap seconds.
public struct Instant: Sendable, Hashable, Comparable, Codable {
    public var microseconds: Int64

    public init(microseconds: Int64) { self.microseconds = microseconds }
    public init(seconds: Int64) { self.microseconds = seconds * 1_000_000 }

    public static func < (left: Instant, right: Instant) -> Bool { left.microseconds < right.microseconds }

    /// This instant moved by a number of seconds, which may be negative.
    public func advanced(bySeconds seconds: Double) -> Instant {
        Instant(microseconds: microseconds + Int64(seconds * 1_000_000))
    }

    /// Seconds from `other` to this instant.
    public func seconds(since other: Instant) -> Double { Double(microseconds - other.microseconds) / 1_000_000 }
}
