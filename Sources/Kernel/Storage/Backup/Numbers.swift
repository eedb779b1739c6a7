/// Where sequences and identity columns stand.
///
/// They stand outside transactions: read them after the rows, and no row is beyond them.
extension Reader {
    /// The last number that a sequence gave, or may have given; 0 if none.
    func lastNumber(ofSequence name: String) throws(Refusal) -> Int64 {
        switch dialect {
        case .sqlite: try row("SELECT reserved FROM sequences WHERE name = ?", [.text(name)])?.int64("reserved") ?? 0
        case .postgresql: try lastValue("CAST(? AS regclass)", [.text(quoted(name))])
        }
    }

    func lastNumber(ofIdentity column: String, in table: String) throws(Refusal) -> Int64 {
        switch dialect {
        case .sqlite: try row("SELECT seq FROM sqlite_sequence WHERE name = ?", [.text(table)])?.int64("seq") ?? 0
        case .postgresql:
            try lastValue(
                "CAST(pg_get_serial_sequence(?, ?) AS regclass)", [.text(quoted(table)), .text(column)])
        }
    }

    private func lastValue(_ sequence: String, _ arguments: [SQLValue]) throws(Refusal) -> Int64 {
        try row("SELECT pg_sequence_last_value(\(sequence)) AS last", arguments)?.int64("last") ?? 0
    }

    func quoted(_ name: String) -> String { SchemaSQL(dialect).quoted(name) }
}

extension Transaction {
    /// Lets a sequence go on after `number`.
    func setSequence(_ name: String, to number: Int64) throws(Refusal) {
        if number < 1 { return }
        switch dialect {
        case .sqlite: try execute("UPDATE sequences SET reserved = ? WHERE name = ?", [.int64(number), .text(name)])
        case .postgresql:
            _ = try rows("SELECT setval(CAST(? AS regclass), ?)", [.text(quoted(name)), .int64(number)])
        }
    }

    func setIdentity(_ column: String, in table: String, to number: Int64) throws(Refusal) {
        if number < 1 { return }
        switch dialect {
        case .sqlite:
            try execute("DELETE FROM sqlite_sequence WHERE name = ?", [.text(table)])
            try execute("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", [.text(table), .int64(number)])
        case .postgresql:
            _ = try rows(
                "SELECT setval(CAST(pg_get_serial_sequence(?, ?) AS regclass), ?)",
                [.text(quoted(table)), .text(column), .int64(number)])
        }
    }
}
