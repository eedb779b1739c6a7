import Storage
import Synchronization

/// How many queries each client may ask for: a bucket of tokens each, filled evenly, that holds a minute's worth.
///
/// It keeps one client from taking the time of all others; it is no protection against a flood from many addresses.
final class QueryBudget: Sendable {
    private static let mostClients = 20_000

    private struct Bucket {
        var tokens: Double
        var filled: Instant
    }

    private let perMinute: Double
    private let buckets = Mutex<[String: Bucket]>([:])

    /// - Parameter perMinute: `nil` sets no limit.
    init?(perMinute: Int?) {
        guard let perMinute, perMinute > 0 else { return nil }
        self.perMinute = Double(perMinute)
    }

    /// Takes one token, or refuses with `tooManyRequests`.
    func take(_ client: String, at now: Instant) throws(Refusal) {
        let isTaken = buckets.withLock { buckets in
            if buckets.count >= Self.mostClients { forgetIdle(&buckets, at: now) }
            var bucket = refilled(buckets[client], at: now)
            let isTaken = bucket.tokens >= 1
            if isTaken { bucket.tokens -= 1 }
            buckets[client] = bucket
            return isTaken
        }
        guard isTaken else {
            throw Refusal(
                .tooManyRequests,
                "One client may ask for \(Int(perMinute)) queries a minute. Wait a moment, then go on more slowly.")
        }
    }

    private func refilled(_ bucket: Bucket?, at now: Instant) -> Bucket {
        guard let bucket else { return Bucket(tokens: perMinute, filled: now) }
        let gained = max(0, now.seconds(since: bucket.filled)) * perMinute / 60
        return Bucket(tokens: min(perMinute, bucket.tokens + gained), filled: now)
    }

    /// Full buckets say nothing; if all clients are busy, all start afresh.
    private func forgetIdle(_ buckets: inout [String: Bucket], at now: Instant) {
        buckets = buckets.filter { refilled($0.value, at: now).tokens < perMinute }
        if buckets.count >= Self.mostClients { buckets = [:] }
    }
}
