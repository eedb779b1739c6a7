import Storage
import Synchronization

/// What waits for one endpoint, in lanes: within a lane one notification follows another, lanes go side by side. So a
/// receiver that is slow or gone delays nobody but itself.
///
/// Bounded: what does not fit is refused, and whoever offered it reads it from the log again later.
final class EndpointQueue: Sendable {
    struct Ticket: Sendable {
        var number: Int
        var lane: Int
        var delivery: Delivery
    }

    private struct State {
        var lanes: [Line<Ticket>]
        var isRunning: [Bool]
        var outstanding = Outstanding()
        var count = 0
        var bytes = 0
        /// Failures of the endpoint since it last took something.
        var failures = 0
        /// The ticket that tries whether the endpoint is back; the others wait meanwhile.
        var prober: Int?
        var waiters: [CheckedContinuation<Void, Never>] = []
        var isClosed = false
    }

    static let mostDeliveries = 4_096
    static let mostBytes = 8 << 20

    let uri: String
    private let state: Mutex<State>
    private let isFree: @Sendable () -> Void

    /// - Parameter isFree: called when there is room again after there was little.
    init(uri: String, lanes: Int, isFree: @escaping @Sendable () -> Void) {
        self.uri = uri
        self.isFree = isFree
        state = Mutex(
            State(lanes: Array(repeating: Line(), count: lanes), isRunning: Array(repeating: false, count: lanes)))
    }

    /// Takes all or none.
    /// - Returns: lanes that must be started now; nil if there is no room.
    func offer(_ deliveries: [Delivery]) -> [Int]? {
        let bytes = deliveries.reduce(0) { $0 + $1.bytes }
        return state.withLock { state in
            if state.isClosed { return [] }
            let fits = state.count + deliveries.count <= Self.mostDeliveries && state.bytes + bytes <= Self.mostBytes
            guard fits || state.count == 0 else { return nil }
            var started: [Int] = []
            for delivery in deliveries {
                let lane = delivery.lane(of: state.lanes.count)
                let number = state.outstanding.add(delivery.position)
                state.lanes[lane].append(Ticket(number: number, lane: lane, delivery: delivery))
                state.count += 1
                if !state.isRunning[lane] {
                    state.isRunning[lane] = true
                    started.append(lane)
                }
            }
            state.bytes += bytes
            return started
        }
    }

    /// The next of a lane; nil ends the lane until something is offered again.
    func next(_ lane: Int) -> Ticket? {
        state.withLock { state in
            if !state.isClosed, let ticket = state.lanes[lane].popFirst() { return ticket }
            state.isRunning[lane] = false
            return nil
        }
    }

    func finish(_ ticket: Ticket) {
        let isRoomy = state.withLock { state -> Bool in
            state.outstanding.finish(ticket.number)
            state.count -= 1
            state.bytes -= ticket.delivery.bytes
            return state.count == Self.mostDeliveries / 2 || state.count == 0
        }
        if isRoomy { isFree() }
    }

    /// The place of the first notification of the log that is not through; nil if all are.
    var first: LogPosition? { state.withLock { $0.outstanding.first } }

    var waiting: Int { state.withLock { $0.count } }

    var isEmpty: Bool { state.withLock { $0.count == 0 } }

    /// Whether a batch of the log would probably find room.
    var isRoomy: Bool { state.withLock { $0.count <= Self.mostDeliveries / 2 && $0.bytes <= Self.mostBytes / 2 } }

    /// A lane ends with what it had under way left as it was.
    func leave(_ lane: Int) { state.withLock { $0.isRunning[lane] = false } }

    /// Whether something is being sent.
    var isSending: Bool { state.withLock { $0.isRunning.contains(true) } }

    /// Ends the lanes: what waits is left, and what is being sent may end.
    func close() {
        let waiters = state.withLock { state -> [CheckedContinuation<Void, Never>] in
            state.isClosed = true
            defer { state.waiters = [] }
            return state.waiters
        }
        for waiter in waiters { waiter.resume() }
    }

    var isClosed: Bool { state.withLock { $0.isClosed } }
}

/// An endpoint that fails is tried by one notification alone.
extension EndpointQueue {
    /// Returns when the ticket may be tried: at once if the endpoint is well, else when no other is trying.
    /// - Returns: the endpoint's failures in a row.
    func admit(_ ticket: Ticket) async -> Int {
        while true {
            let failures = state.withLock { state -> Int? in
                if state.failures == 0 || state.isClosed { return state.failures }
                guard state.prober == nil || state.prober == ticket.number else { return nil }
                state.prober = ticket.number
                return state.failures
            }
            if let failures { return failures }
            await withCheckedContinuation { continuation in
                let isOver = state.withLock { state -> Bool in
                    if state.prober == nil || state.failures == 0 || state.isClosed { return true }
                    state.waiters.append(continuation)
                    return false
                }
                if isOver { continuation.resume() }
            }
        }
    }

    /// The endpoint took something, or refused it in so many words: it is there.
    func isBack() {
        release { state in
            guard state.failures > 0 else { return false }
            state.failures = 0
            return true
        }
    }

    /// The endpoint did not take a ticket.
    func failed(_ ticket: Ticket) {
        state.withLock { state in
            guard state.prober == nil || state.prober == ticket.number else { return }
            state.prober = ticket.number
            state.failures += 1
        }
    }

    /// A ticket is given up; another may try.
    func giveUp(_ ticket: Ticket) { release { state in state.prober == ticket.number } }

    /// Lets the waiters go if `change` says so.
    private func release(_ change: (inout State) -> Bool) {
        let waiters = state.withLock { state -> [CheckedContinuation<Void, Never>] in
            guard change(&state) else { return [] }
            state.prober = nil
            defer { state.waiters = [] }
            return state.waiters
        }
        for waiter in waiters { waiter.resume() }
    }
}
