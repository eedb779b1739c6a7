import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Where every part of Higo reads the time. No other clock is read, so that a test can set it.
public protocol WallClock: Sendable {
    func now() -> Instant
}

/// The machine's clock.
public struct SystemClock: WallClock {
    public init() {}

    public func now() -> Instant {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Instant(microseconds: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1_000)
    }
}

/// A clock that stands still until it is moved.
public final class TestClock: WallClock {
    private let current: Mutex<Instant>

    public init(_ start: Instant) { current = Mutex(start) }

    public func now() -> Instant { current.withLock { $0 } }
    public func set(_ instant: Instant) { current.withLock { $0 = instant } }
    public func advance(bySeconds seconds: Double) { current.withLock { $0 = $0.advanced(bySeconds: seconds) } }
}

/// Time that only grows, for measuring durations. Nanoseconds from an arbitrary start.
public func monotonicNanoseconds() -> UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
}
