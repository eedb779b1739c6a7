import Storage
import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// One schema of PostgreSQL. Writes are serializable and run again when they got in each other's way.
public final class PostgreSQLDatabase: Storage.Database {
    public let id: DatabaseID
    public let dialect = Dialect.postgresql
    private static let maximumReplays = 8
    private let deadlines: QueryDeadlines
    private let writers: ConnectionPool<PostgreSQLConnection>
    private let queries: ConnectionPool<PostgreSQLConnection>
    private let idle: IdleWatch?
    private let counts = Mutex(WriteStatistics())
    private let notices: CommitNotices

    /// - Parameter idleSeconds: after which its connections are closed when nobody uses it.
    init(
        _ id: DatabaseID, url: String, schema: String, deadlines: QueryDeadlines, connections: Int = 8,
        idleSeconds: Double? = nil
    ) {
        self.id = id
        self.deadlines = deadlines
        let open = { @Sendable () throws(Refusal) in try PostgreSQLConnection(url: url, schema: schema) }
        let writers = ConnectionPool(size: connections, open: open)
        let queries = ConnectionPool(size: max(connections / 2, 1), open: open)
        self.writers = writers
        self.queries = queries
        notices = CommitNotices(url: url, schema: schema)
        idle = idleSeconds.map { seconds in
            IdleWatch(seconds: seconds) {
                writers.closeIdle()
                queries.closeIdle()
            }
        }
    }

    public var statistics: WriteStatistics { counts.withLock { $0 } }

    @discardableResult
    public func write<T: Sendable>(
        _ context: OperationContext, _ body: @escaping @Sendable (any Transaction) throws(Refusal) -> T
    ) async throws(Refusal) -> T {
        idle?.touch()
        return try await writers.perform(for: context.tenant) { connection throws(Refusal) in
            for replay in 0..<Self.maximumReplays {
                if let value = try self.attempt(connection, context, body) { return value }
                self.counts.withLock { $0.replays += 1 }
                // Those who met once would meet again: each waits a little, for a time of its own, up to 64 ms.
                usleep(UInt32.random(in: 0...(500 << UInt32(replay))))
            }
            guard let value = try self.attempt(connection, context, body) else { throw .serialization }
            return value
        }
    }

    /// `nil` if the transaction must run again.
    private func attempt<T: Sendable>(
        _ connection: PostgreSQLConnection, _ context: OperationContext,
        _ body: @Sendable (any Transaction) throws(Refusal) -> T
    ) throws(Refusal) -> T? {
        let transaction = PostgreSQLTransaction(connection, context)
        do throws(Refusal) {
            try connection.run("BEGIN ISOLATION LEVEL SERIALIZABLE")
            let value = try body(transaction)
            if let failure = transaction.failure { throw failure }
            try connection.run("COMMIT")
            counts.withLock {
                $0.bodies += 1
                $0.commits += 1
            }
            if transaction.hasWritten { notices.commit() }
            return value
        } catch {
            connection.rollBack()
            if error == .serialization || transaction.failure == .serialization { return nil }
            if transaction.hasWritten { counts.withLock { $0.lateRefusals += 1 } }
            throw transaction.failure ?? error
        }
    }

    public func get(_ context: OperationContext, _ key: RowKey) async throws(Refusal) -> Row? {
        idle?.touch()
        return try await writers.perform(for: context.tenant) { connection throws(Refusal) in
            try self.again(connection) { () throws(Refusal) in
                try connection.execute(key.selectStatement, key.columns.map(\.value)).first
            }
        }
    }

    public func query<T: Sendable>(
        _ context: OperationContext, _ body: @escaping @Sendable (any Reader) throws(Refusal) -> T
    ) async throws(Refusal) -> T {
        let seconds = context.actor.kind == .system ? deadlines.system : deadlines.request
        return try await query(context, seconds: seconds, body)
    }

    public func query<T: Sendable>(
        _ context: OperationContext, seconds: Double, _ body: @escaping @Sendable (any Reader) throws(Refusal) -> T
    ) async throws(Refusal) -> T {
        let deadline = monotonicNanoseconds() + UInt64(seconds * 1_000_000_000)
        idle?.touch()
        return try await queries.perform(for: context.tenant) { connection throws(Refusal) in
            try self.again(connection) { () throws(Refusal) in
                let now = monotonicNanoseconds()
                guard now < deadline else { throw .tooManyQueries }
                let milliseconds = max((deadline - now) / 1_000_000, 1)
                defer { connection.rollBack() }
                try connection.run(
                    "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL statement_timeout = \(milliseconds)")
                return try body(PostgreSQLReader(context: context, connection: connection, deadline: deadline))
            }
        }
    }

    /// Runs a read once more if a migration changed a table under it.
    private func again<T>(
        _ connection: PostgreSQLConnection, _ read: () throws(Refusal) -> T
    ) throws(Refusal) -> T {
        do throws(Refusal) { return try read() } catch {
            guard error == .serialization else { throw error }
            connection.rollBack()
            return try read()
        }
    }

    public func whenChanged(_ wake: @escaping @Sendable () -> Void) { notices.listen(wake) }

    public func close() async {
        await notices.close()
        await writers.close()
        await queries.close()
    }
}
