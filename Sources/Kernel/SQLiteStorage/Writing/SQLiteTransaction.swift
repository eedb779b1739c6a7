import Storage

/// What a body of `write` sees. A failed statement spoils the whole transaction, as in PostgreSQL: the body cannot
/// catch it and go on.
final class SQLiteTransaction: Transaction {
    let context: OperationContext
    let dialect = Dialect.sqlite
    private let connection: SQLiteConnection
    private let sequences: SQLiteSequences
    private(set) var hasWritten = false
    private(set) var failure: Refusal?

    init(_ connection: SQLiteConnection, _ sequences: SQLiteSequences, _ context: OperationContext) {
        self.connection = connection
        self.sequences = sequences
        self.context = context
    }

    func forEach(
        _ sql: String, _ arguments: [SQLValue], _ body: (Row) throws(Refusal) -> Void
    ) throws(Refusal) {
        let statement = try spoiling { () throws(Refusal) in try connection.statement(sql) }
        if statement.writes { hasWritten = true }
        var fromBody = false
        do throws(Refusal) {
            try statement.forEach(arguments) { row throws(Refusal) in
                do throws(Refusal) { try body(row) } catch {
                    fromBody = true
                    throw error
                }
            }
        } catch {
            if !fromBody { failure = failure ?? error }
            throw error
        }
    }

    func execute(_ sql: String, _ arguments: [SQLValue]) throws(Refusal) -> Int {
        hasWritten = true
        return try spoiling { () throws(Refusal) in try connection.statement(sql).run(arguments) }
    }

    func executeMany(_ sql: String, _ rows: [[SQLValue]]) throws(Refusal) {
        if rows.isEmpty { return }
        hasWritten = true
        try spoiling { () throws(Refusal) in
            let statement = try connection.statement(sql)
            for row in rows { _ = try statement.run(row) }
        }
    }

    func nextNumber(_ sequence: String) throws(Refusal) -> Int64 {
        try spoiling { () throws(Refusal) in try sequences.next(sequence, on: connection) }
    }

    private func spoiling<T>(_ body: () throws(Refusal) -> T) throws(Refusal) -> T {
        do { return try body() } catch {
            failure = failure ?? error
            throw error
        }
    }
}
