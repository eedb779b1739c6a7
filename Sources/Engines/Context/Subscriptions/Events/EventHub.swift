import Logging
import Storage
import Synchronization

/// Follows the change log once for all listeners of this process, while there are any.
final class EventHub: Sendable {
    static let mostClients = 512

    fileprivate struct State {
        var clients: [SubscriptionKey: EventClient] = [:]
        /// Those that joined since the log was read last.
        var fresh: [EventClient] = []
        var catalogue = SubscriptionCatalogue()
        var head: LogPosition?
        var isRunning = false
        var lastNumber = 0
    }

    private let database: any Database
    private let dialects: SubscriptionDialects
    private let bell = Bell()
    private let state = Mutex(State())

    init(database: any Database, dialects: SubscriptionDialects) {
        self.database = database
        self.dialects = dialects
        database.whenChanged { [weak self] in self?.wake() }
    }

    private func wake() { if state.withLock({ $0.isRunning }) { bell.ring() } }

    /// A name for one more listener. Refuses with `unavailable` if there are too many.
    func nextName(space: String) throws(Refusal) -> SubscriptionKey {
        let number = state.withLock { state -> Int? in
            guard state.clients.count < Self.mostClients else { return nil }
            state.lastNumber += 1
            return state.lastNumber
        }
        guard let number else {
            throw Refusal(.unavailable, "Too many listen to live events here; try again later.")
        }
        return SubscriptionKey(space: space, id: "events:\(number)")
    }

    /// Has a listener told of changes: `EventClient.start` says soon after which place.
    /// - Returns: the end of the log.
    @discardableResult
    func join(_ client: EventClient, _ context: OperationContext) async throws(Refusal) -> LogPosition {
        let end = try await database.query(context) { reader throws(Refusal) in try ChangeLog.end(in: reader) }
        let starts = state.withLock { state -> Bool in
            state.clients[client.subscription.key] = client
            state.fresh.append(client)
            state.catalogue.put(client.subscription)
            if !state.isRunning { state.head = end }
            defer { state.isRunning = true }
            return !state.isRunning
        }
        bell.ring()
        if starts {
            let own = OperationContext.system("events", clock: context.clock, logger: context.logger)
            Task { await self.run(own) }
        }
        return end
    }

    func leave(_ client: EventClient) {
        state.withLock { state in
            state.clients[client.subscription.key] = nil
            state.catalogue.remove(client.subscription.key)
        }
        bell.ring()
    }

    /// One listener's part of the log after a place.
    func read(
        after position: LogPosition, upTo: LogPosition, for client: EventClient, _ context: OperationContext
    ) async throws(Refusal) -> LogBatch {
        var catalogue = SubscriptionCatalogue()
        catalogue.put(client.subscription)
        return try await read(LogRange(after: position, upTo: upTo, followsSubscriptions: false), catalogue, context)
    }

    private func read(
        _ range: LogRange, _ catalogue: SubscriptionCatalogue, _ context: OperationContext
    ) async throws(Refusal) -> LogBatch {
        let dialects = dialects
        return try await database.query(context, seconds: 30) { reader throws(Refusal) in
            try LogBatchReader(range: range, dialects: dialects, reader: reader).read(catalogue)
        }
    }

    private func run(_ context: OperationContext) async {
        while let (head, catalogue) = state.withLock({ $0.next() }) {
            do throws(Refusal) {
                let batch = try await read(LogRange(after: head, followsSubscriptions: false), catalogue, context)
                hand(batch)
                if batch.isLast { await bell.sleep(seconds: 1) }
            } catch {
                if error.code == .unavailable { return state.withLock { $0.isRunning = false } }
                context.logger.warning("live events wait", metadata: ["error": "\(error)"])
                await bell.sleep(seconds: 1)
            }
        }
    }

    private func hand(_ batch: LogBatch) {
        let clients = state.withLock { state in
            state.head = batch.end
            return state.clients
        }
        for match in batch.matches {
            for subscription in match.subscriptions { clients[subscription.key]?.add(match) }
        }
    }
}

extension EventHub.State {
    /// Where to read on, for whom; nil if nobody listens any more.
    fileprivate mutating func next() -> (LogPosition, SubscriptionCatalogue)? {
        guard !clients.isEmpty, let head else {
            (isRunning, fresh) = (false, [])
            return nil
        }
        for client in fresh { client.begin(after: head) }
        fresh = []
        return (head, catalogue)
    }
}
