import Storage

/// Keeps notifications of one subscription apart: what changes too soon is held, and goes out together when it is time.
struct Throttle: Sendable {
    private(set) var held: [SubscriptionKey: [String: HeldEntity]] = [:]
    private var next: [SubscriptionKey: Instant] = [:]
    /// When the first hold ends.
    private(set) var earliest: Instant?

    /// Whether a notification may go now; if so, the next must wait.
    mutating func admits(_ key: SubscriptionKey, every seconds: Double, last: Instant?, at now: Instant) -> Bool {
        if held[key] != nil { return false }
        let due = next[key] ?? last?.advanced(bySeconds: seconds)
        if let due, due > now {
            next[key] = due
            return false
        }
        next[key] = now.advanced(bySeconds: seconds)
        return true
    }

    mutating func hold(_ entity: HeldEntity, at now: Instant) {
        held[entity.key.subscription, default: [:]][entity.key.entity] = entity
        let due = next[entity.key.subscription] ?? now
        earliest = min(earliest ?? due, due)
    }

    func holds(_ key: HeldEntity.Key) -> Bool { held[key.subscription]?[key.entity] != nil }

    /// Subscriptions whose time has come.
    func due(at now: Instant) -> [SubscriptionKey] {
        guard let earliest, earliest <= now else { return [] }
        return held.keys.filter { next[$0].map { $0 <= now } ?? true }
    }

    /// What was held went out.
    mutating func release(_ key: SubscriptionKey, every seconds: Double, at now: Instant) {
        held[key] = nil
        next[key] = now.advanced(bySeconds: seconds)
        settle()
    }

    /// What was held cannot go out yet.
    mutating func postpone(_ key: SubscriptionKey, to time: Instant) {
        next[key] = time
        settle()
    }

    mutating func forget(_ key: SubscriptionKey) {
        held[key] = nil
        next[key] = nil
        settle()
    }

    private mutating func settle() {
        earliest = held.keys.map { next[$0] ?? Instant(microseconds: 0) }.min()
    }
}
