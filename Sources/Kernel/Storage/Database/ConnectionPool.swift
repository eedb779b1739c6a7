import Synchronization

/// A connection that a `ConnectionPool` keeps.
package protocol PooledConnection: AnyObject, Sendable {
    /// Whether it may serve again.
    var isUsable: Bool { get }
    func close()
}

/// Connections to one database, opened when needed, each used by one piece of work at a time on a thread of its own.
/// What waits for one is taken in turn by tenant, so that no tenant's queries hold up the others.
package final class ConnectionPool<Connection: PooledConnection>: Sendable {
    private typealias Work = @Sendable (Result<Connection, Refusal>) -> Void

    private struct State {
        var free: [Connection] = []
        /// Pieces of work under way.
        var taken = 0
        var waiting = TenantLine<Work>()
        var isClosed = false
        /// Those who wait for the last work to end.
        var closers: [CheckedContinuation<Void, Never>] = []
    }

    private let size: Int
    private let open: @Sendable () throws(Refusal) -> Connection
    private let state = Mutex(State())

    package init(size: Int, open: @escaping @Sendable () throws(Refusal) -> Connection) {
        self.size = size
        self.open = open
    }

    /// Runs `body` on a connection, in turn.
    package func perform<T: Sendable>(
        for tenant: TenantID, _ body: @escaping @Sendable (Connection) throws(Refusal) -> T
    ) async throws(Refusal) -> T {
        try await withCheckedContinuation { continuation in
            submit(tenant) { connection in
                continuation.resume(
                    returning: Result { () throws(Refusal) -> T in try body(try connection.get()) })
            }
        }.get()
    }

    private func submit(_ tenant: TenantID, _ work: @escaping Work) {
        let next = state.withLock { state in
            if state.isClosed { return SubmittedWork.refuse }
            if state.taken < size {
                state.taken += 1
                return .run
            }
            state.waiting.append(work, of: tenant)
            return .wait
        }
        switch next {
        case .run: BlockingThreads.shared.run { self.run(work) }
        case .wait: break
        case .refuse: work(.failure(.closed))
        }
    }

    /// Runs `work` and then what waits.
    private func run(_ first: @escaping Work) {
        var work: Work? = first
        while let next = work {
            let connection = take()
            next(connection)
            work = after(connection)
        }
    }

    private func take() -> Result<Connection, Refusal> {
        if let connection = state.withLock({ $0.free.popLast() }) { return .success(connection) }
        return Result { () throws(Refusal) in try open() }
    }

    /// Gives the connection back; the work whose turn it is.
    private func after(_ connection: Result<Connection, Refusal>) -> Work? {
        let usable = (try? connection.get()).flatMap { $0.isUsable ? $0 : nil }
        if usable == nil { (try? connection.get())?.close() }
        let (work, leftOver, closers) = state.withLock { state in
            if let usable { state.free.append(usable) }
            if let work = state.waiting.take(1).first { return (Optional(work), [Connection](), state.closers) }
            state.taken -= 1
            guard state.isClosed else { return (nil, [], []) }
            defer { state.free = [] }
            return (nil, state.free, state.taken == 0 ? state.closers : [])
        }
        if work != nil { return work }
        for connection in leftOver { connection.close() }
        for closer in closers { closer.resume() }
        return nil
    }

    /// Lets go of connections that nobody uses.
    package func closeIdle() {
        let free = state.withLock { state in
            defer { state.free = [] }
            return state.free
        }
        for connection in free { connection.close() }
    }

    /// Finishes what was taken, then closes; refuses later work.
    package func close() async {
        await withCheckedContinuation { continuation in
            let isDone = state.withLock { state in
                state.isClosed = true
                if state.taken > 0 { state.closers.append(continuation) }
                return state.taken == 0
            }
            if isDone { continuation.resume() }
        }
        closeIdle()
    }
}

private enum SubmittedWork { case run, wait, refuse }

extension Refusal {
    package static let closed = Refusal(
        .unavailable, "The database is closed. Try again when the server is up.")
    /// A query's time was over before its turn came.
    package static let tooManyQueries = Refusal(
        .unavailable, "Too many queries are waiting. Try again in a moment.")
}
