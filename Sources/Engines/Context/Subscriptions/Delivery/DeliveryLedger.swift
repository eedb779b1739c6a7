import Crypto
import Storage
import Synchronization

/// How far the notifications are, and what of it is written down: one cursor for the log as a whole, one more for each
/// endpoint that is behind it. No row is written for a notification.
///
/// Whoever starts from what is written down sends again what was under way, and misses nothing.
final class DeliveryLedger: Sendable {
    static let consumer = "context.subscriptions"
    static let lease = "context.subscriptions"

    private struct State {
        var head = LogPosition.start
        /// Endpoints that read the log by themselves, with where they are.
        var lags: [String: LogPosition] = [:]
        var held: [HeldEntity.Key: HeldEntity?] = [:]
        var queues: [String: EndpointQueue] = [:]
        var savedHead = LogPosition.start
        var savedLags: [String: LogPosition] = [:]
        var isDirty = false
        var renewed: Instant?
    }

    private let state = Mutex(State())
    private let states: SubscriptionStates
    private let holder: String

    init(states: SubscriptionStates, holder: String) {
        self.states = states
        self.holder = holder
    }

    func load(head: LogPosition, lags: [String: LogPosition]) {
        state.withLock { state in
            state = State()
            (state.head, state.savedHead, state.lags, state.savedLags) = (head, head, lags, lags)
        }
    }

    func add(_ queue: EndpointQueue) { state.withLock { $0.queues[queue.uri] = queue } }

    func drop(_ uri: String) { state.withLock { $0.queues[uri] = nil } }

    /// The log was read up to `head`; what it asked for is queued, held, or left behind in `lags`.
    func advance(to head: LogPosition, lags: [String: LogPosition], held: [HeldEntity], matched: Bool) {
        state.withLock { state in
            state.head = head
            state.lags = lags
            for entity in held { state.held[entity.key] = .some(entity) }
            if matched { state.isDirty = true }
        }
    }

    /// Some holds ended.
    func release(_ keys: [HeldEntity.Key]) {
        state.withLock { state in
            for key in keys { state.held[key] = .some(nil) }
            state.isDirty = true
        }
    }

    /// Something arrived or was put aside.
    func touch() { state.withLock { $0.isDirty = true } }

    var isDirty: Bool { state.withLock { $0.isDirty } || states.isDirty }

    /// Notifications in queues, and endpoints that read the log by themselves.
    var waiting: Int { state.withLock { Array($0.queues.values) }.reduce(0) { $0 + $1.waiting } }
    var behind: Int { state.withLock { $0.lags.count } }

    /// Whether the log was read on without anything to tell, so that a start would read it again.
    var hasMoved: Bool { state.withLock { $0.head != $0.savedHead } }

    /// Writes down where everything is, if this process still leads. Refuses with `conflict` if it does not.
    func save(_ context: OperationContext, _ database: any Database) async throws(Refusal) {
        let dirty = states.takeDirty()
        let now = context.now
        let (page, renews) = state.withLock { state -> (LedgerPage, Bool) in
            let page = LedgerPage(
                head: state.head, lags: Self.behind(state), savedLags: state.savedLags, held: state.held, states: dirty)
            state.held = [:]
            state.isDirty = false
            return (page, state.renewed.map { now.seconds(since: $0) > 3 } ?? true)
        }
        do {
            let holder = holder
            try await database.write(context) { transaction throws(Refusal) in
                try page.write(holder: holder, renews: renews, transaction)
            }
            state.withLock { state in
                (state.savedHead, state.savedLags) = (page.head, page.lags)
                if renews { state.renewed = now }
            }
        } catch {
            states.putBack(dirty.keys)
            state.withLock { state in
                state.held.merge(page.held) { newer, _ in newer }
                state.isDirty = true
            }
            throw error
        }
    }

    /// Endpoints that are behind the head, with where each is.
    private static func behind(_ state: State) -> [String: LogPosition] {
        var behind = state.lags
        for (uri, queue) in state.queues {
            guard let first = queue.first?.before, first < state.head else { continue }
            behind[uri] = min(behind[uri] ?? first, first)
        }
        return behind
    }

    /// The name of an endpoint's cursor. URIs may be long and hold passwords.
    static func consumer(_ uri: String) -> String {
        let digest = SHA256.hash(data: Array(uri.utf8))
        return "\(consumer)/"
            + digest.prefix(12).map { byte in
                let text = String(byte, radix: 16)
                return text.count == 1 ? "0" + text : text
            }.joined()
    }
}

/// What one save writes.
private struct LedgerPage: Sendable {
    var head: LogPosition
    var lags: [String: LogPosition]
    var savedLags: [String: LogPosition]
    var held: [HeldEntity.Key: HeldEntity?]
    var states: [SubscriptionKey: SubscriptionState]

    func write(holder: String, renews: Bool, _ transaction: any Transaction) throws(Refusal) {
        if renews {
            guard try transaction.takeLease(DeliveryLedger.lease, holder: holder) else {
                throw Refusal(.conflict, "Another process sends the notifications now.")
            }
        } else {
            try transaction.requireLease(DeliveryLedger.lease, holder: holder)
        }
        var living: Set<SubscriptionKey> = []
        for key in Set(states.keys).union(held.keys.map(\.subscription))
        where try transaction.get(SubscriptionRow.key(key)) != nil { living.insert(key) }
        try transaction.moveCursor(DeliveryLedger.consumer, to: head)
        for (uri, position) in lags where savedLags[uri] != position {
            try transaction.moveCursor(DeliveryLedger.consumer(uri), to: position)
        }
        for uri in savedLags.keys where lags[uri] == nil {
            try transaction.execute("DELETE FROM cursors WHERE consumer = ?", [.text(DeliveryLedger.consumer(uri))])
        }
        let now = transaction.context.now
        try transaction.executeMany(
            HeldEntity.upsert,
            held.values.compactMap { $0 }.filter { living.contains($0.key.subscription) }.map { $0.values(at: now) })
        try transaction.executeMany(HeldEntity.delete, held.filter { $0.value == nil }.keys.map(\.values))
        try transaction.executeMany(
            StateRow.upsert,
            states.filter { living.contains($0.key) }.map { StateRow.values($0.key, $0.value) })
    }
}

extension LogPosition {
    /// The place just before this row.
    var before: LogPosition { LogPosition(transaction: transaction, sequence: sequence - 1) }
}
