import Dispatch
import Storage
import Synchronization

/// Connections to one schema, opened when needed, each used by one piece of work at a time on a thread of its own.
final class ConnectionPool: Sendable {
    typealias Work = @Sendable (Result<PostgreSQLConnection, Refusal>) -> Void

    private struct State {
        var free: [PostgreSQLConnection] = []
        var taken = 0
        var waiting: [Work] = []
        var isClosed = false
    }

    private let url: String
    private let schema: String
    private let size: Int
    private let state = Mutex(State())
    /// Closes connections that nobody used for a while; `nil`: they stay.
    private let idle = Mutex<IdleWatch?>(nil)
    private let queue = DispatchQueue(label: "higo.postgresql", qos: .userInitiated, attributes: .concurrent)

    init(url: String, schema: String, size: Int, idleSeconds: Double? = nil) {
        self.url = url
        self.schema = schema
        self.size = size
        if let idleSeconds {
            idle.withLock { $0 = IdleWatch(seconds: idleSeconds) { [weak self] in self?.closeIdle() } }
        }
    }

    /// Runs `body` on a connection, in turn.
    func perform<T: Sendable>(
        _ body: @escaping @Sendable (PostgreSQLConnection) throws(Refusal) -> T
    ) async throws(Refusal) -> T {
        try await withCheckedContinuation { continuation in
            submit { connection in
                continuation.resume(
                    returning: Result { () throws(Refusal) -> T in try body(try connection.get()) })
            }
        }.get()
    }

    private func submit(_ work: @escaping Work) {
        idle.withLock { $0 }?.touch()
        enum Next { case run, wait, refuse }
        let next = state.withLock { state in
            if state.isClosed { return Next.refuse }
            if state.taken < size {
                state.taken += 1
                return .run
            }
            state.waiting.append(work)
            return .wait
        }
        switch next {
        case .run: queue.async { self.run(work) }
        case .wait: break
        case .refuse:
            work(.failure(Refusal(.unavailable, "The database is closed. Try again when the server is up.")))
        }
    }

    /// Runs `work` and then what waits.
    private func run(_ first: @escaping Work) {
        var work: Work? = first
        while let next = work {
            let connection = take()
            next(connection)
            work = state.withLock { state in
                if case .success(let connection) = connection, connection.isUsable { state.free.append(connection) }
                if !state.waiting.isEmpty { return state.waiting.removeFirst() }
                state.taken -= 1
                if state.isClosed { state.free = [] }
                return nil
            }
        }
    }

    private func take() -> Result<PostgreSQLConnection, Refusal> {
        if let connection = state.withLock({ $0.free.popLast() }) { return .success(connection) }
        return Result { () throws(Refusal) in try PostgreSQLConnection(url: url, schema: schema) }
    }

    /// Lets go of connections that nobody uses.
    func closeIdle() { state.withLock { $0.free = [] } }

    /// Finishes what was taken, then closes; refuses later work.
    func close() async {
        state.withLock { $0.isClosed = true }
        await withCheckedContinuation { continuation in queue.async(flags: .barrier) { continuation.resume() } }
        closeIdle()
    }
}
