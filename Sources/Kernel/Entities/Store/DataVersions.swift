import Storage
import Synchronization

/// How often the entities of each space changed since this process started, on top of its start time, so that what an
/// earlier process answered is never taken for current.
final class DataVersions: Sendable {
    private let start = Int64(monotonicNanoseconds() / 1_000)
    private let counts = Mutex<[String: Int64]>([:])

    func current(_ space: String) -> Int64 { start + counts.withLock { $0[space] ?? 0 } }

    /// Called in the body of a write, and again by the consumer that sees the committed change: what was cached between
    /// body and commit is stale after the second.
    func bump(_ space: String) { counts.withLock { $0[space, default: 0] += 1 } }
}
