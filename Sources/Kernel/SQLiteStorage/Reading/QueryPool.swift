import Storage

/// Connections for queries that may take a while, on threads apart from those that serve requests.
final class QueryPool: Sendable {
    private let pool: ConnectionPool<SQLiteConnection>

    init(path: String, size: Int) {
        pool = ConnectionPool(size: size) { () throws(Refusal) in try SQLiteConnection(path: path, role: .reader) }
    }

    func query<T: Sendable>(
        _ context: OperationContext, seconds: Double,
        _ body: @escaping @Sendable (any Reader) throws(Refusal) -> T
    ) async throws(Refusal) -> T {
        let deadline = monotonicNanoseconds() + UInt64(seconds * 1_000_000_000)
        return try await pool.perform(for: context.tenant) { connection throws(Refusal) in
            try Self.run(context, on: connection, until: deadline, body).get()
        }
    }

    private static func run<T: Sendable>(
        _ context: OperationContext, on connection: SQLiteConnection, until deadline: UInt64,
        _ body: @Sendable (any Reader) throws(Refusal) -> T
    ) -> Result<T, Refusal> {
        if monotonicNanoseconds() > deadline { return .failure(.tooManyQueries) }
        return connection.perform(until: deadline) { connection in
            Result { () throws(Refusal) -> T in
                try connection.run("BEGIN DEFERRED")
                defer { connection.rollBack() }
                return try body(SQLiteReader(context: context, connection: connection))
            }
        }
    }

    /// Lets go of connections that nobody uses.
    func closeIdle() { pool.closeIdle() }

    /// Lets the queries under way end; refuses later ones.
    func close() async { await pool.close() }
}
