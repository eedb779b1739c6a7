import Entities
import Storage
import Synchronization

/// Follows the change log for all subscriptions and gives every endpoint what it is to be told: the one process that
/// holds the lease does it.
///
/// The log is read once for all endpoints. One that is too slow for that reads it again by itself, from where its queue
/// was full, until it has caught up: so nothing is lost, nobody waits for another, and memory stays bounded.
actor SubscriptionLead {
    /// An endpoint that is behind.
    struct Lag: Sendable {
        var position: LogPosition
        /// Its subscriptions as they were there.
        var catalogue: SubscriptionCatalogue
    }

    let parts: NotificationParts
    let ledger: DeliveryLedger
    let states: SubscriptionStates
    let bell: Bell
    var catalogue = SubscriptionCatalogue()
    var head = LogPosition.start
    var lags: [String: Lag] = [:]
    var queues: [String: EndpointQueue] = [:]
    var throttle = Throttle()
    var timetable = Timetable()
    /// Subscriptions of one notification that had theirs.
    var spent: Set<SubscriptionKey> = []
    private var headRead: UInt64 = 0
    private let lost = Atomic<Bool>(false)

    init(_ parts: NotificationParts, bell: Bell) {
        self.parts = parts
        self.bell = bell
        states = SubscriptionStates()
        ledger = DeliveryLedger(states: states, holder: parts.holder)
    }

    /// Reads where an earlier leader stopped.
    func start() async throws(Refusal) {
        let start = try await LeadStart.read(parts)
        catalogue = start.catalogue
        head = start.head
        lags = start.lags.mapValues { Lag(position: $0.position, catalogue: $0.catalogue) }
        states.load(start.states)
        ledger.load(head: head, lags: lags.mapValues(\.position))
        for entity in start.held { throttle.hold(entity, at: parts.clock.now()) }
        followClock()
    }

    /// Another process leads.
    nonisolated var isLost: Bool { lost.load(ordering: .acquiring) }

    nonisolated func lose() {
        lost.store(true, ordering: .releasing)
        bell.ring()
    }

    func save() async throws(Refusal) { try await ledger.save(parts.context(), parts.database) }

    /// Ends the lanes. What is being sent has a moment to arrive; the next leader sends the rest, and again what did not.
    func close() async {
        for queue in queues.values { queue.close() }
        let end = monotonicNanoseconds() + Self.closingNanoseconds
        while monotonicNanoseconds() < end, queues.values.contains(where: \.isSending) {
            try? await Task.sleep(for: .milliseconds(5))
        }
    }

    private static let closingNanoseconds: UInt64 = 2_000_000_000

    /// Nothing to look after: no subscription, nothing under way, nothing held.
    var isIdle: Bool {
        catalogue.isEmpty && lags.isEmpty && throttle.held.isEmpty && queues.values.allSatisfy(\.isEmpty)
    }

    /// One round over the log, the endpoints that are behind, and the clock.
    /// - Returns: whether there is more to do at once.
    func step() async throws(Refusal) -> Bool {
        var isBusy = false
        if !waitsForSlowOnes() { isBusy = try await followLog() }
        for uri in lags.keys where queue(uri).isRoomy {
            if try await catchUp(uri) { isBusy = true }
        }
        try await sendHeld()
        try await sendTimed()
        dropIdleQueues()
        return isBusy
    }

    /// Seconds until the clock makes something due.
    func rest() -> Double {
        let next = [throttle.earliest, timetable.earliest].compactMap { $0 }.min()
        return min(max(next?.seconds(since: parts.clock.now()) ?? 1, 0.005), 1)
    }

    /// If all endpoints are busy with what they left behind, reading ahead would be in vain; but a new subscription is
    /// not kept waiting longer than a second.
    private func waitsForSlowOnes() -> Bool {
        guard !lags.isEmpty, monotonicNanoseconds() - headRead < 1_000_000_000 else { return false }
        return catalogue.subscriptions.values.allSatisfy { lags[$0.endpoint.uri] != nil }
    }

    private func followLog() async throws(Refusal) -> Bool {
        headRead = monotonicNanoseconds()
        let behind = Set(lags.keys)
        let batch = try await read(LogRange(after: head, skipped: behind), catalogue)
        let changed = batch.changedSubscriptions
        catalogue = batch.catalogue
        if !changed.isEmpty { follow(changed) }
        var held: [HeldEntity] = []
        for match in batch.matches { dispatch(match, batch.catalogue, &held) }
        let isMoved = batch.end != head
        head = batch.end
        if isMoved || !held.isEmpty {
            ledger.advance(
                to: head, lags: lags.mapValues(\.position), held: held, matched: !batch.matches.isEmpty)
        }
        return isMoved
    }

    func read(_ range: LogRange, _ catalogue: SubscriptionCatalogue) async throws(Refusal) -> LogBatch {
        let dialects = parts.dialects
        return try await parts.database.query(parts.context()) { reader throws(Refusal) in
            try LogBatchReader(range: range, dialects: dialects, reader: reader).read(catalogue)
        }
    }

    /// A further piece of the log for one endpoint that is behind.
    private func catchUp(_ uri: String) async throws(Refusal) -> Bool {
        guard let lag = lags[uri] else { return false }
        let batch = try await read(LogRange(after: lag.position, upTo: head, only: uri), lag.catalogue)
        var held: [HeldEntity] = []
        lags[uri] = batch.end >= head || batch.isLast ? nil : Lag(position: batch.end, catalogue: batch.catalogue)
        for match in batch.matches {
            dispatch(match, batch.catalogue, &held)
            if let refused = lags[uri], refused.position < match.position { break }
        }
        ledger.advance(to: head, lags: lags.mapValues(\.position), held: held, matched: true)
        return true
    }

    private func follow(_ changed: Set<SubscriptionKey>) {
        for key in changed {
            if catalogue.subscriptions[key]?.record.isActive == true {
                states.admit(key)
                spent.remove(key)
            } else {
                states.withdraw(key)
                throttle.forget(key)
            }
        }
        followClock()
    }

    private func followClock() { timetable.follow(catalogue) { [states] in states.state($0)?.lastNotification } }
}
