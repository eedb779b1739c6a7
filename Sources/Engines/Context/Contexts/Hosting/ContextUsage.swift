import Synchronization

/// How often and when contexts were used, in this process and since it began. Bounded; times are seconds since 1970.
final class ContextUsage: Sendable {
    struct Figures: Sendable {
        var hits = 0
        var lastUsage: Int64
    }

    private static let most = 2_048
    private let figures = Mutex<[String: Figures]>([:])

    /// - Parameter key: the address of a remote context, or the id of a hosted one.
    func note(_ key: String, now: Int64) {
        figures.withLock { figures in
            if figures.count >= Self.most, figures[key] == nil,
                let oldest = figures.min(by: { $0.value.lastUsage < $1.value.lastUsage })?.key
            {
                figures[oldest] = nil
            }
            figures[key, default: Figures(lastUsage: now)].hits += 1
            figures[key]?.lastUsage = now
        }
    }

    subscript(key: String) -> Figures? { figures.withLock { $0[key] } }

    func forget(_ key: String) { figures.withLock { _ = $0.removeValue(forKey: key) } }
}
