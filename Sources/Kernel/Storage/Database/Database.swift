/// Which database: all shared data, the tables made from published files, or one vault of personal data.
public enum DatabaseID: Sendable, Hashable {
    case main
    case datastore
    case vault(tenant: TenantID, provider: String)
}

/// A row by its primary key.
public struct RowKey: Sendable, Hashable {
    public var table: String
    /// Primary-key columns in the table's order, each with its value.
    public var columns: [(name: String, value: SQLValue)]

    public init(_ table: String, _ columns: [(name: String, value: SQLValue)]) {
        self.table = table
        self.columns = columns
    }

    public static func == (left: RowKey, right: RowKey) -> Bool {
        left.table == right.table && left.columns.elementsEqual(right.columns) { $0 == $1 }
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(table)
        for column in columns { hasher.combine(column.value) }
    }
}

/// Reads one consistent state of a database. Statements are the common SQL of SQLite and PostgreSQL with `?` for
/// parameters; what differs between them stands behind `dialect` and the indexes.
public protocol Reader {
    var context: OperationContext { get }
    var dialect: Dialect { get }

    /// Hands each row of an answer to `body`, in order, without keeping the others in memory.
    func forEach(
        _ sql: String, _ arguments: [SQLValue], _ body: (Row) throws(Refusal) -> Void
    ) throws(Refusal)
}

extension Reader {
    public func rows(_ sql: String, _ arguments: [SQLValue] = []) throws(Refusal) -> [Row] {
        var rows: [Row] = []
        try forEach(sql, arguments) { row throws(Refusal) in rows.append(row) }
        return rows
    }

    /// The first row of an answer.
    public func row(_ sql: String, _ arguments: [SQLValue] = []) throws(Refusal) -> Row? {
        try rows(sql, arguments).first
    }

    /// The first value of the first row; 0 if there is none.
    public func count(_ sql: String, _ arguments: [SQLValue] = []) throws(Refusal) -> Int {
        guard let row = try row(sql, arguments), case .int64(let value) = row[0] else { return 0 }
        return Int(value)
    }

    public func get(_ key: RowKey) throws(Refusal) -> Row? {
        try row(key.selectStatement, key.columns.map(\.value))
    }
}

extension RowKey {
    package var selectStatement: String {
        "SELECT * FROM \(table) WHERE " + columns.map { "\($0.name) = ?" }.joined(separator: " AND ")
    }
}

/// Reads and writes inside one transaction. Valid only while the body runs.
public protocol Transaction: Reader {
    /// Runs one statement that writes; the number of rows that it changed.
    @discardableResult
    func execute(_ sql: String, _ arguments: [SQLValue]) throws(Refusal) -> Int

    /// Runs one statement for many rows of arguments, prepared once.
    func executeMany(_ sql: String, _ rows: [[SQLValue]]) throws(Refusal)

    /// The next number of a sequence: unique, growing in one process; gaps are possible.
    func nextNumber(_ sequence: String) throws(Refusal) -> Int64
}

extension Transaction {
    @discardableResult
    public func execute(_ sql: String) throws(Refusal) -> Int { try execute(sql, []) }
}

/// One database: a SQLite file or a PostgreSQL schema.
public protocol Database: Sendable {
    var id: DatabaseID { get }
    var dialect: Dialect { get }

    /// Runs `body` in a transaction that is durable when this returns.
    ///
    /// The body touches nothing but its `Transaction`, takes at most 5 ms, and **may run more than once**. A refusal
    /// thrown before the first write costs other writers nothing; one thrown after a write makes the shared commit
    /// roll back and replay (see `WriteStatistics.replays`).
    @discardableResult
    func write<T: Sendable>(
        _ context: OperationContext, _ body: @escaping @Sendable (any Transaction) throws(Refusal) -> T
    ) async throws(Refusal) -> T

    /// One row by primary key, on the calling thread where the database allows it.
    func get(_ context: OperationContext, _ key: RowKey) async throws(Refusal) -> Row?

    /// Runs `body` on a pool of readers with a deadline (2 s for requests, 30 s for `system` actors), after which it is
    /// stopped inside the database and refused with `query-too-slow`.
    func query<T: Sendable>(
        _ context: OperationContext, _ body: @escaping @Sendable (any Reader) throws(Refusal) -> T
    ) async throws(Refusal) -> T

    /// Like `query`, with a deadline of its own: for work that reads much and says why, such as a backup.
    func query<T: Sendable>(
        _ context: OperationContext, seconds: Double, _ body: @escaping @Sendable (any Reader) throws(Refusal) -> T
    ) async throws(Refusal) -> T

    var statistics: WriteStatistics { get }

    /// Calls `wake` soon after a commit, in this process or another, that may have changed something. Notices can be
    /// lost: those who wait look every second anyway. `wake` is quick and touches no database.
    func whenChanged(_ wake: @escaping @Sendable () -> Void)

    /// Finishes what was taken, then closes. Later calls are refused with `unavailable`.
    func close() async
}

/// Counts since the database was opened.
public struct WriteStatistics: Sendable, Hashable {
    /// Bodies committed.
    public var bodies: Int
    /// Commits that made them durable.
    public var commits: Int
    /// Bodies run again because a body refused after it wrote, or because of a conflict.
    public var replays: Int
    /// Bodies that refused after their first write. Tests hold this to zero for every documented refusal.
    public var lateRefusals: Int
    /// Bytes the database takes on disk, where it is cheap to know.
    public var bytes: Int64

    public init(bodies: Int = 0, commits: Int = 0, replays: Int = 0, lateRefusals: Int = 0, bytes: Int64 = 0) {
        self.bodies = bodies
        self.commits = commits
        self.replays = replays
        self.lateRefusals = lateRefusals
        self.bytes = bytes
    }
}

/// Opens the databases of one installation. Vaults are opened on use and closed when idle.
public protocol Databases: Sendable {
    var main: any Database { get }
    var datastore: any Database { get }
    func vault(tenant: TenantID, provider: String) async throws(Refusal) -> any Database
    /// The vaults that there are, opened or not, in a fixed order.
    func vaults() async throws(Refusal) -> [(tenant: TenantID, provider: String)]
    /// Where blobs, the lock and the socket live; `nil` if nothing is on disk.
    var folder: String? { get }
    /// Runs what has not run yet in `main` and `datastore`; vaults follow when they are opened.
    func migrate(_ sets: [MigrationSet]) async throws(Refusal)
    /// Makes sure that the place of `main` and `datastore` is there, without a table in it.
    func prepare() async throws(Refusal)
    /// The names `module/NNNN-name` of what has not run yet in `main` and `datastore`.
    func pendingMigrations(_ sets: [MigrationSet]) async throws(Refusal) -> [String]
    func close() async
}
