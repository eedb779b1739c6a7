import Storage

/// What a body of `query` sees.
struct SQLiteReader: Reader {
    let context: OperationContext
    let dialect = Dialect.sqlite
    let connection: SQLiteConnection

    func forEach(
        _ sql: String, _ arguments: [SQLValue], _ body: (Row) throws(Refusal) -> Void
    ) throws(Refusal) {
        let statement = try connection.statement(sql)
        if statement.writes { throw Refusal(.storage, "A query must not write: \(sql)") }
        try statement.forEach(arguments, body)
    }
}
