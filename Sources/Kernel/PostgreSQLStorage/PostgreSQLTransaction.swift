import Storage

/// What a body of `write` sees.
final class PostgreSQLTransaction: Transaction {
    let context: OperationContext
    let dialect = Dialect.postgresql
    private let connection: PostgreSQLConnection
    private(set) var hasWritten = false
    private(set) var failure: Refusal?

    init(_ connection: PostgreSQLConnection, _ context: OperationContext) {
        self.connection = connection
        self.context = context
    }

    func forEach(
        _ sql: String, _ arguments: [SQLValue], _ body: (Row) throws(Refusal) -> Void
    ) throws(Refusal) {
        try run(sql, arguments).forEach(body)
    }

    func execute(_ sql: String, _ arguments: [SQLValue]) throws(Refusal) -> Int {
        hasWritten = true
        return try run(sql, arguments).changedRows
    }

    func executeMany(_ sql: String, _ rows: [[SQLValue]]) throws(Refusal) {
        for row in rows { _ = try execute(sql, row) }
    }

    func nextNumber(_ sequence: String) throws(Refusal) -> Int64 {
        let name = SchemaSQL(.postgresql).quoted(sequence)
        guard let row = try run("SELECT nextval(?)", [.text(name)]).first else {
            throw Refusal(.storage, "The sequence '\(sequence)' gave no number.")
        }
        return row.values.first.flatMap { if case .int64(let number) = $0 { number } else { nil } } ?? 0
    }

    private func run(_ sql: String, _ arguments: [SQLValue]) throws(Refusal) -> PostgreSQLResult {
        if let failure { throw failure }
        do throws(Refusal) { return try connection.execute(sql, arguments) } catch {
            failure = error
            throw error
        }
    }
}

/// What a body of `query` sees.
struct PostgreSQLReader: Reader {
    let context: OperationContext
    let dialect = Dialect.postgresql
    let connection: PostgreSQLConnection
    /// Monotonic nanoseconds.
    let deadline: UInt64

    func forEach(
        _ sql: String, _ arguments: [SQLValue], _ body: (Row) throws(Refusal) -> Void
    ) throws(Refusal) {
        guard monotonicNanoseconds() < deadline else {
            throw Refusal(.queryTooSlow, "The query took too long and was stopped. Narrow it, or ask for fewer rows.")
        }
        try connection.execute(sql, arguments).forEach(body)
    }
}
