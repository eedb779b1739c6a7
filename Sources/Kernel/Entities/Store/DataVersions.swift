import Storage
import Synchronization

/// How often the entities of each space changed since this process started, on top of its start time, so that what an
/// earlier process answered is never taken for current.
final class DataVersions: Sendable {
    private struct State {
        var counts: [String: Int64] = [:]
        /// Added to every space's: at the first look at the log nobody knows what changed before.
        var everywhere: Int64 = 0
        /// How far this process has looked at the log.
        var place: LogPosition?
    }

    private let start = Int64(monotonicNanoseconds() / 1_000)
    private let state = Mutex(State())

    func current(_ space: String) -> Int64 {
        start + state.withLock { $0.everywhere + ($0.counts[space] ?? 0) }
    }

    /// Called in the body of a write, and again by the consumer that sees the committed change: what was cached between
    /// body and commit is stale after the second.
    func bump(_ space: String) { state.withLock { $0.counts[space, default: 0] += 1 } }

    var place: LogPosition? { state.withLock { $0.place } }

    /// Changes up to `place` were seen: those of `spaces`, or, `nil`, of any.
    func saw(_ spaces: Set<String>?, upTo place: LogPosition) {
        state.withLock { state in
            state.place = place
            guard let spaces else { return state.everywhere += 1 }
            for space in spaces { state.counts[space, default: 0] += 1 }
        }
    }
}
