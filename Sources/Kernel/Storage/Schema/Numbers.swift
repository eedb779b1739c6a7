/// The last numbers that sequences and identity columns gave, for a backup and its restore.
extension Reader {
    package func lastNumber(ofSequence name: String) throws(Refusal) -> Int64 {
        switch dialect {
        case .sqlite:
            try row("SELECT reserved AS value FROM sequences WHERE name = ?", [.text(name)])?.int64("value") ?? 0
        case .postgresql:
            try row(
                "SELECT CASE WHEN is_called THEN last_value ELSE 0 END AS value FROM \(SchemaSQL(dialect).quoted(name))"
            )?.int64("value") ?? 0
        }
    }

    package func lastNumber(ofIdentity column: String, in table: String) throws(Refusal) -> Int64 {
        switch dialect {
        case .sqlite:
            return try row("SELECT seq AS value FROM sqlite_sequence WHERE name = ?", [.text(table)])?.int64("value")
                ?? 0
        case .postgresql:
            let name = try row(
                "SELECT pg_get_serial_sequence(?, ?) AS name", [.text(SchemaSQL(dialect).quoted(table)), .text(column)])
            guard let name = name?.optionalText("name") else { return 0 }
            return try row("SELECT CASE WHEN is_called THEN last_value ELSE 0 END AS value FROM \(name)")?
                .int64("value") ?? 0
        }
    }
}

extension Transaction {
    package func setLastNumber(ofSequence name: String, _ value: Int64) throws(Refusal) {
        if value == 0 { return }
        switch dialect {
        case .sqlite: try execute("UPDATE sequences SET reserved = ? WHERE name = ?", [.int64(value), .text(name)])
        case .postgresql:
            _ = try rows("SELECT setval(?, ?)", [.text(SchemaSQL(dialect).quoted(name)), .int64(value)])
        }
    }

    package func setLastNumber(ofIdentity column: String, in table: String, _ value: Int64) throws(Refusal) {
        if value == 0 { return }
        switch dialect {
        case .sqlite:
            try execute("DELETE FROM sqlite_sequence WHERE name = ?", [.text(table)])
            try execute("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", [.text(table), .int64(value)])
        case .postgresql:
            _ = try rows(
                "SELECT setval(pg_get_serial_sequence(?, ?), ?)",
                [.text(SchemaSQL(dialect).quoted(table)), .text(column), .int64(value)])
        }
    }
}
