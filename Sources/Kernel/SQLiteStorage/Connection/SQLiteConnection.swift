import GRDB
import GRDBSQLite
import Storage

/// One connection with its prepared statements.
///
/// `@unchecked Sendable`: what is mutable is touched only inside `perform`, that is on the connection's own queue.
package final class SQLiteConnection: PooledConnection, @unchecked Sendable {
    enum Role: String { case writer, reader, checkpointer }

    private let queue: DatabaseQueue
    private var statements: [String: PreparedStatement] = [:]
    /// Beyond this many, all are dropped: statements with lists of arguments would pile up.
    private static let statementLimit = 500
    /// When `sqlite3_step` gives up (monotonic nanoseconds); 0 for never.
    private var deadline: UInt64 = 0

    init(path: String, role: Role) throws(Refusal) {
        var configuration = Configuration()
        configuration.label = "higo.sqlite.\(role.rawValue)"
        configuration.readonly = role == .reader
        configuration.busyMode = .timeout(5)
        configuration.foreignKeysEnabled = false
        configuration.prepareDatabase { database in try Self.prepare(database, role) }
        do { queue = try DatabaseQueue(path: path, configuration: configuration) } catch {
            throw Refusal(sqlite: error)
        }
        if role == .reader { watchDeadline() }
    }

    private static func prepare(_ database: GRDB.Database, _ role: Role) throws {
        try database.execute(sql: "PRAGMA cache_size = -16384")
        guard role != .reader else { return }
        try database.execute(sql: "PRAGMA journal_mode = WAL")
        try database.execute(sql: "PRAGMA synchronous = FULL")
        // Checkpoints run on a connection of their own; this is only the last resort (160 MB).
        try database.execute(sql: "PRAGMA wal_autocheckpoint = 40000")
    }

    /// Runs `body` on the calling thread, alone on this connection.
    func perform<T>(_ body: (SQLiteConnection) -> T) -> T { queue.unsafeRead { _ in body(self) } }

    /// Like `perform`, with `sqlite3_step` interrupted at the deadline.
    func perform<T>(until deadline: UInt64, _ body: (SQLiteConnection) -> T) -> T {
        queue.unsafeRead { _ in
            self.deadline = deadline
            defer { self.deadline = 0 }
            return body(self)
        }
    }

    /// A statement that nobody is stepping through, prepared before if possible.
    func statement(_ sql: String) throws(Refusal) -> PreparedStatement {
        if let known = statements[sql], !known.isBusy { return known }
        do {
            let fresh = try queue.unsafeReentrantRead { database in
                PreparedStatement(try database.makeStatement(sql: sql))
            }
            if statements.count >= Self.statementLimit { statements.removeAll(keepingCapacity: true) }
            if statements[sql] == nil { statements[sql] = fresh }
            return fresh
        } catch { throw Refusal(sqlite: error, sql: sql) }
    }

    /// Runs a statement of the connection's own: begin, commit, pragma.
    func run(_ sql: String) throws(Refusal) { _ = try statement(sql).run([]) }

    var isInTransaction: Bool { queue.unsafeReentrantRead { sqlite3_get_autocommit($0.sqliteConnection) == 0 } }

    func rollBack() {
        guard isInTransaction else { return }
        queue.unsafeReentrantRead { _ = sqlite3_exec($0.sqliteConnection, "ROLLBACK", nil, nil, nil) }
    }

    package var isUsable: Bool { true }

    package func close() {
        queue.unsafeRead { _ in
            if isInTransaction { rollBack() }
            statements.removeAll()
        }
        try? queue.close()
    }

    private func watchDeadline() {
        let connection = Unmanaged.passUnretained(self).toOpaque()
        queue.unsafeRead { database in
            sqlite3_progress_handler(
                database.sqliteConnection, 2_000,
                { pointer in
                    guard let pointer else { return 0 }
                    let deadline = Unmanaged<SQLiteConnection>.fromOpaque(pointer).takeUnretainedValue().deadline
                    return deadline != 0 && monotonicNanoseconds() > deadline ? 1 : 0
                }, connection)
        }
    }
}
