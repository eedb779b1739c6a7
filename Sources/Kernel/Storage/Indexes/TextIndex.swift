/// Full-text search that finds Japanese words of two characters (and of one), on both databases: folded text cut into
/// bigrams.
///
/// Documents are numbers (the `int64` primary key of another table). Made by `Migration.Step.createTextIndex`.
public struct TextIndex: Sendable {
    public let name: String

    public init(_ name: String) { self.name = name }

    /// Sets the texts of a document; nothing is written if they fold to what is there.
    public func put(_ number: Int64, _ texts: [String], in transaction: any Transaction) throws(Refusal) {
        try putMany([(number: number, texts: texts)], in: transaction)
    }

    /// Sets the texts of many documents.
    public func putMany(
        _ documents: [(number: Int64, texts: [String])], in transaction: any Transaction
    ) throws(Refusal) {
        var changed: [(number: Int64, folded: String)] = []
        var replaced: [(number: Int64, folded: String)] = []
        for document in documents {
            let folded = TextFolding.fold(document.texts.joined(separator: "\n"))
            let old = try self.folded(of: document.number, in: transaction)
            if old == folded { continue }
            if let old { replaced.append((document.number, old)) }
            changed.append((document.number, folded))
        }
        if changed.isEmpty { return }
        switch transaction.dialect {
        case .sqlite: try putSQLite(changed, replaced, in: transaction)
        case .postgresql: try putPostgreSQL(changed, in: transaction)
        }
    }

    /// Forgets a document; no harm if it is not there.
    public func remove(_ number: Int64, in transaction: any Transaction) throws(Refusal) {
        guard let old = try self.folded(of: number, in: transaction) else { return }
        if transaction.dialect == .sqlite { try removeGrams([(number, old)], in: transaction) }
        try transaction.execute("DELETE FROM \(name) WHERE number = ?", [.int64(number)])
    }

    private func folded(of number: Int64, in reader: any Reader) throws(Refusal) -> String? {
        try reader.row("SELECT folded FROM \(name) WHERE number = ?", [.int64(number)])?.text("folded")
    }

    private func putSQLite(
        _ changed: [(number: Int64, folded: String)], _ replaced: [(number: Int64, folded: String)],
        in transaction: any Transaction
    ) throws(Refusal) {
        try removeGrams(replaced, in: transaction)
        try transaction.executeMany(
            "INSERT INTO \(name) (number, folded) VALUES (?, ?) "
                + "ON CONFLICT (number) DO UPDATE SET folded = excluded.folded",
            changed.map { [.int64($0.number), .text($0.folded)] })
        try transaction.executeMany(
            "INSERT INTO \(name)_grams (rowid, grams) VALUES (?, ?)",
            changed.map { [.int64($0.number), .text(Bigrams.ofDocument($0.folded).joined(separator: " "))] })
    }

    private func removeGrams(
        _ documents: [(number: Int64, folded: String)], in transaction: any Transaction
    ) throws(Refusal) {
        if documents.isEmpty { return }
        try transaction.executeMany(
            "INSERT INTO \(name)_grams (\(name)_grams, rowid, grams) VALUES ('delete', ?, ?)",
            documents.map { [.int64($0.number), .text(Bigrams.ofDocument($0.folded).joined(separator: " "))] })
    }

    private func putPostgreSQL(
        _ changed: [(number: Int64, folded: String)], in transaction: any Transaction
    ) throws(Refusal) {
        try transaction.executeMany(
            "INSERT INTO \(name) (number, folded, grams) VALUES (?, ?, ?) "
                + "ON CONFLICT (number) DO UPDATE SET folded = excluded.folded, grams = excluded.grams",
            changed.map { [.int64($0.number), .text($0.folded), .text(Self.array(Bigrams.set(of: $0.folded)))] })
    }
}

extension TextIndex {
    /// What is true of rows whose document holds every word of `query`, anywhere in its texts. `column` is the column
    /// with the document's number. A query without a letter or digit finds nothing.
    public func condition(matching query: String, number column: String, dialect: Dialect) -> SQLFragment {
        let words = TextFolding.fold(query).split(separator: " ")
        if words.isEmpty { return SQLFragment("1 = 0") }
        switch dialect {
        case .sqlite:
            return SQLFragment(
                "\(column) IN (SELECT rowid FROM \(name)_grams WHERE \(name)_grams MATCH ?)",
                [.text(words.map(Self.phrase).joined(separator: " AND "))])
        case .postgresql:
            let found = words.map { word in
                SQLFragment(
                    "grams @> ? AND position(? in folded) > 0",
                    [.text(Self.array(Bigrams.set(of: String(word)))), .text(String(word))])
            }
            let all = SQLFragment.all(found)
            return SQLFragment("\(column) IN (SELECT number FROM \(name) WHERE \(all.sql))", all.arguments)
        }
    }

    /// A word as neighbouring pairs; a single character as the beginning of a pair.
    private static func phrase(_ word: Substring) -> String {
        let pairs = Bigrams.pairs(of: word)
        return pairs.isEmpty ? "\"\(word)\" *" : "\"\(pairs.joined(separator: " "))\""
    }

    private static func array(_ grams: [String]) -> String {
        "{" + grams.map { "\"\($0)\"" }.joined(separator: ",") + "}"
    }
}
