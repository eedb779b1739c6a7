import Dispatch
import Storage
import Synchronization

/// Threads and connections for queries that may take a while, apart from those that serve requests.
final class QueryPool: Sendable {
    private typealias Work = @Sendable (SQLiteConnection) -> Void

    private struct State {
        var free: [SQLiteConnection] = []
        var opened = 0
        var waiting: [Work] = []
        var isClosed = false
    }

    private let path: String
    private let size: Int
    private let state = Mutex(State())
    private let queue = DispatchQueue(label: "higo.sqlite.queries", qos: .userInitiated, attributes: .concurrent)

    init(path: String, size: Int) {
        self.path = path
        self.size = size
    }

    func query<T: Sendable>(
        _ context: OperationContext, seconds: Double,
        _ body: @escaping @Sendable (any Reader) throws(Refusal) -> T
    ) async throws(Refusal) -> T {
        let deadline = monotonicNanoseconds() + UInt64(seconds * 1_000_000_000)
        return try await withCheckedContinuation { continuation in
            submit({ connection in
                continuation.resume(returning: Self.run(context, on: connection, until: deadline, body))
            }) { refusal in continuation.resume(returning: .failure(refusal)) }
        }.get()
    }

    private static func run<T: Sendable>(
        _ context: OperationContext, on connection: SQLiteConnection, until deadline: UInt64,
        _ body: @Sendable (any Reader) throws(Refusal) -> T
    ) -> Result<T, Refusal> {
        if monotonicNanoseconds() > deadline {
            return .failure(Refusal(.unavailable, "Too many queries are waiting. Try again in a moment."))
        }
        return connection.perform(until: deadline) { connection in
            Result { () throws(Refusal) -> T in
                try connection.run("BEGIN DEFERRED")
                defer { connection.rollBack() }
                return try body(SQLiteReader(context: context, connection: connection))
            }
        }
    }

    private func submit(_ work: @escaping Work, orRefuse refuse: @escaping @Sendable (Refusal) -> Void) {
        enum Next {
            case run(SQLiteConnection)
            case open, wait, refuse
        }
        let next = state.withLock { state in
            if state.isClosed { return Next.refuse }
            if let connection = state.free.popLast() { return .run(connection) }
            if state.opened < size {
                state.opened += 1
                return .open
            }
            state.waiting.append(work)
            return .wait
        }
        switch next {
        case .run(let connection): queue.async { self.run(work, on: connection) }
        case .open: open(for: work, orRefuse: refuse)
        case .wait: break
        case .refuse: refuse(.closed)
        }
    }

    private func open(for work: @escaping Work, orRefuse refuse: @escaping @Sendable (Refusal) -> Void) {
        queue.async { [self] in
            do throws(Refusal) {
                run(work, on: try SQLiteConnection(path: path, role: .reader))
            } catch {
                state.withLock { $0.opened -= 1 }
                refuse(error)
            }
        }
    }

    /// Runs `work` and then what waits, on this connection.
    private func run(_ first: @escaping Work, on connection: SQLiteConnection) {
        var work: Work? = first
        while let next = work {
            next(connection)
            work = state.withLock { state in
                if !state.waiting.isEmpty { return state.waiting.removeFirst() }
                if !state.isClosed { state.free.append(connection) } else { state.opened -= 1 }
                return nil
            }
        }
        if state.withLock({ $0.isClosed }) { connection.close() }
    }

    /// Lets go of connections that nobody uses.
    func closeIdle() {
        let free = state.withLock { state in
            state.opened -= state.free.count
            defer { state.free = [] }
            return state.free
        }
        for connection in free { connection.close() }
    }

    /// Lets the queries under way end; refuses later ones.
    func close() async {
        state.withLock { $0.isClosed = true }
        closeIdle()
        await withCheckedContinuation { continuation in
            queue.async(flags: .barrier) { continuation.resume() }
        }
    }
}
