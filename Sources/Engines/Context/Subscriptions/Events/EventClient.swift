import Storage
import Synchronization

/// One listener of the live events: what it wants, and the little that waits for it.
final class EventClient: Sendable {
    private struct State {
        /// After which place the hub hands it everything; nil: not yet.
        var start: LogPosition?
        var matches: [LogBatch.Match] = []
        /// Whether something was dropped because the listener is slow.
        var isOverrun = false
    }

    static let mostWaiting = 256

    let subscription: Subscription
    let bell = Bell()
    private let state = Mutex(State())

    init(_ subscription: Subscription) { self.subscription = subscription }

    /// The hub hands over everything after `place` from now on.
    func begin(after place: LogPosition) {
        state.withLock { $0 = State(start: place) }
        bell.ring()
    }

    var start: LogPosition? { state.withLock { $0.start } }

    func add(_ match: LogBatch.Match) {
        state.withLock { state in
            if state.matches.count < Self.mostWaiting { state.matches.append(match) } else { state.isOverrun = true }
        }
        bell.ring()
    }

    /// What waits; nil if some of it was dropped: the listener must join anew, and read from the log what it missed.
    func take() -> [LogBatch.Match]? {
        state.withLock { state in
            if state.isOverrun {
                state = State()
                return nil
            }
            defer { state.matches = [] }
            return state.matches
        }
    }
}
