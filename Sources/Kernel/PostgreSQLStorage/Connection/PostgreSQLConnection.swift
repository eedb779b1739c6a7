import CPQ
import Storage

/// One connection with its prepared statements; its calls block.
///
/// `@unchecked Sendable`: the pool hands it to one piece of work at a time.
final class PostgreSQLConnection: PooledConnection, @unchecked Sendable {
    private let handle: OpaquePointer
    private var prepared: [StatementKey: String] = [:]
    private var numbered: [String: String] = [:]
    private var nextName = 0
    /// A table changed its columns since a statement was prepared.
    private var isStale = false
    private static let statementLimit = 500

    private struct StatementKey: Hashable {
        var sql: String
        var types: [Oid]
    }

    /// Connects and makes `schema` the one in which names are looked up.
    init(url: String, schema: String) throws(Refusal) {
        guard let handle = PQconnectdb(url) else { throw Refusal(.unavailable, "PostgreSQL: out of memory.") }
        self.handle = handle
        guard PQstatus(handle) == CONNECTION_OK else {
            // `deinit` frees the handle: everything is initialized by now.
            throw Refusal(.unavailable, "PostgreSQL does not answer: \(String(cString: PQerrorMessage(handle)))")
        }
        try run("SET client_min_messages = warning; SET search_path TO \(SchemaSQL(.postgresql).quoted(schema))")
    }

    deinit { PQfinish(handle) }

    var isUsable: Bool { PQstatus(handle) == CONNECTION_OK }

    /// The connection ends with the last reference to it.
    func close() {}

    /// Runs statements without arguments.
    func run(_ sql: String) throws(Refusal) { _ = try PostgreSQLResult(PQexec(handle, sql), sql) }

    /// Ends what is open, whatever state it is in.
    func rollBack() {
        if PQtransactionStatus(handle) != PQTRANS_IDLE { PQclear(PQexec(handle, "ROLLBACK")) }
        if isStale { forgetStatements() }
    }

    func execute(_ sql: String, _ arguments: [SQLValue]) throws(Refusal) -> PostgreSQLResult {
        let arguments = try PostgreSQLArguments(arguments)
        let name = try statement(sql, arguments.types)
        let answer = arguments.withPointers { values, lengths, formats, count in
            PQexecPrepared(handle, name, count, values, lengths, formats, 0)
        }
        do throws(Refusal) { return try PostgreSQLResult(answer, sql) } catch {
            if error == .stalePlan {
                isStale = true
                throw .serialization
            }
            throw error
        }
    }

    private func statement(_ sql: String, _ types: [Oid]) throws(Refusal) -> String {
        let key = StatementKey(sql: sql, types: types)
        if let name = prepared[key] { return name }
        if prepared.count >= Self.statementLimit { forgetStatements() }
        nextName += 1
        let name = "s\(nextName)"
        let numberedSQL = numbered[sql] ?? Placeholders.numbered(sql)
        numbered[sql] = numberedSQL
        let count = CInt(types.count)
        _ = try PostgreSQLResult(PQprepare(handle, name, numberedSQL, count, types), sql)
        prepared[key] = name
        return name
    }

    private func forgetStatements() {
        PQclear(PQexec(handle, "DEALLOCATE ALL"))
        isStale = false
        prepared.removeAll(keepingCapacity: true)
        numbered.removeAll(keepingCapacity: true)
    }

    /// The socket, for those who wait for notices.
    var socket: CInt { PQsocket(handle) }

    /// Reads what came; whether there was a notice. `nil` if the connection is gone.
    func takeNotices() -> Bool? {
        guard PQconsumeInput(handle) == 1 else { return nil }
        var found = false
        while let notice = PQnotifies(handle) {
            PQfreemem(notice)
            found = true
        }
        return found
    }
}
