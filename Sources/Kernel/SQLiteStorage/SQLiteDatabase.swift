import Dispatch
import Storage
import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// One SQLite file: a writer that groups commits, readers by key on the calling thread, and a pool for queries.
public final class SQLiteDatabase: Storage.Database {
    public let id: DatabaseID
    public let dialect = Dialect.sqlite
    let path: String
    private let deadlines: QueryDeadlines
    private let writer: GroupCommitWriter
    private let pointReaders: PointReaders
    private let queries: QueryPool
    private let idle: IdleWatch?
    private let isClosed = Atomic<Bool>(false)

    /// Opens or makes the file. The caller sees to it that no other process writes it.
    ///
    /// - Parameter idleSeconds: after which its connections are closed when nobody uses it.
    package init(
        _ id: DatabaseID, path: String, deadlines: QueryDeadlines, queryThreads: Int = 4, idleSeconds: Double? = nil
    ) throws(Refusal) {
        self.id = id
        self.path = path
        self.deadlines = deadlines
        let writer = try GroupCommitWriter(path: path)
        let pointReaders = PointReaders(path: path)
        let queries = QueryPool(path: path, size: queryThreads)
        self.writer = writer
        self.pointReaders = pointReaders
        self.queries = queries
        idle = idleSeconds.map { seconds in
            IdleWatch(seconds: seconds) {
                writer.closeIdle()
                pointReaders.close()
                queries.closeIdle()
            }
        }
    }

    @discardableResult
    public func write<T: Sendable>(
        _ context: OperationContext, _ body: @escaping @Sendable (any Transaction) throws(Refusal) -> T
    ) async throws(Refusal) -> T {
        idle?.touch()
        return try await withCheckedContinuation { continuation in
            writer.submit(SubmittedWrite(context, body, continuation))
        }.get()
    }

    public func get(_ context: OperationContext, _ key: RowKey) async throws(Refusal) -> Row? {
        if isClosed.load(ordering: .relaxed) { throw .closed }
        idle?.touch()
        return try pointReaders.get(key)
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
        idle?.touch()
        return try await queries.query(context, seconds: seconds, body)
    }

    public func whenChanged(_ wake: @escaping @Sendable () -> Void) { writer.whenCommitted(wake) }

    public var statistics: WriteStatistics {
        var statistics = writer.statistics
        for suffix in ["", "-wal"] {
            var facts = stat()
            if stat(path + suffix, &facts) == 0 { statistics.bytes += Int64(facts.st_size) }
        }
        return statistics
    }

    public func close() async {
        guard !isClosed.exchange(true, ordering: .relaxed) else { return }
        await writer.close()
        await queries.close()
        pointReaders.close()
    }
}
