import Storage
import Synchronization

/// What has become of each subscription's notifications, in memory; written down with the cursors.
final class SubscriptionStates: Sendable {
    private struct Held {
        var states: [SubscriptionKey: SubscriptionState] = [:]
        var dirty: Set<SubscriptionKey> = []
        /// Gone or switched off: what waits for them is dropped.
        var withdrawn: Set<SubscriptionKey> = []
    }

    private let held = Mutex(Held())

    func load(_ states: [SubscriptionKey: SubscriptionState]) { held.withLock { $0 = Held(states: states) } }

    func state(_ key: SubscriptionKey) -> SubscriptionState? { held.withLock { $0.states[key] } }

    @discardableResult
    func change(_ key: SubscriptionKey, _ change: (inout SubscriptionState) -> Void) -> SubscriptionState {
        held.withLock { held in
            var state = held.states[key] ?? SubscriptionState()
            change(&state)
            held.states[key] = state
            held.dirty.insert(key)
            return state
        }
    }

    func isWithdrawn(_ key: SubscriptionKey) -> Bool { held.withLock { $0.withdrawn.contains(key) } }

    func withdraw(_ key: SubscriptionKey) { held.withLock { _ = $0.withdrawn.insert(key) } }

    func admit(_ key: SubscriptionKey) { held.withLock { _ = $0.withdrawn.remove(key) } }

    var isDirty: Bool { held.withLock { !$0.dirty.isEmpty } }

    /// What changed since the last call.
    func takeDirty() -> [SubscriptionKey: SubscriptionState] {
        held.withLock { held in
            defer { held.dirty = [] }
            return held.dirty.reduce(into: [:]) { $0[$1] = held.states[$1] }
        }
    }

    /// They were not written after all.
    func putBack(_ dirty: some Sequence<SubscriptionKey>) { held.withLock { $0.dirty.formUnion(dirty) } }
}

extension SubscriptionState {
    mutating func sent(at now: Instant) {
        timesSent += 1
        lastNotification = now
    }

    mutating func arrived(at now: Instant, status: Int?) {
        lastSuccess = now
        lastStatus = status
        failuresInARow = 0
    }

    mutating func failed(at now: Instant, _ failure: DeliveryFailure) {
        timesFailed += 1
        lastFailure = now
        lastError = String(failure.reason.prefix(500))
        lastStatus = failure.status
        failuresInARow += 1
    }
}
