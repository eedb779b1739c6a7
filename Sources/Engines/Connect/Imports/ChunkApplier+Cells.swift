import Entities
import JSON
import Storage

extension ChunkApplier {
    /// The full text of tables of their own.
    package static let text = TextIndex("connect_table_text")

    /// A table of its own is replaced as a whole by a newer file of the same name.
    package static func tableID(_ record: ImportRecord) -> String {
        String(record.file.prefix { $0 != "." })
    }

    package func applyCells(_ context: OperationContext, _ chunk: Int, _ rows: [StagedRow]) async throws(Refusal)
        -> Counts
    {
        try await database.write(context) { transaction throws(Refusal) -> Counts in
            guard try claim(chunk, in: transaction) else { return Counts() }
            if chunk == 1 { try replaceTable(in: transaction) }
            try insert(rows, in: transaction)
            try advance(to: chunk, in: transaction)
            return Counts(created: rows.count)
        }
    }

    private func replaceTable(in transaction: any Transaction) throws(Refusal) {
        try TableStore.remove(Self.tableID(record), of: record.tenant, in: transaction)
        let columns = record.report.columns.map { column -> JSON in
            ["title": .string(column.title), "type": JSON(column.type)]
        }
        try transaction.execute(
            """
            INSERT INTO connect_tables (tenant, id, import_id, title, columns, visibility, licence)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """,
            [
                .text(record.tenant.rawValue), .text(Self.tableID(record)), .text(record.id),
                .text(record.report.title),
                .bytes(JSON.array(columns).bytes), .text(record.visibility.rawValue), .optional(record.report.licence),
            ])
    }

    private func insert(_ rows: [StagedRow], in transaction: any Transaction) throws(Refusal) {
        var values: [[SQLValue]] = []
        var first = Int.max
        for case .cells(let number, let line, let cells) in rows {
            first = min(first, number)
            values.append([
                .text(record.tenant.rawValue), .text(Self.tableID(record)), .text(record.id), .int(number), .int(line),
                .bytes(JSON.array(cells).bytes),
            ])
        }
        try transaction.executeMany(
            """
            INSERT INTO connect_table_rows (tenant, table_id, import_id, row_number, line, cells)
            VALUES (?, ?, ?, ?, ?, ?)
            """, values)
        try index(rows, from: first, in: transaction)
    }

    private func index(_ rows: [StagedRow], from first: Int, in transaction: any Transaction) throws(Refusal) {
        var numbers: [Int: Int64] = [:]
        let found = try transaction.rows(
            "SELECT number, row_number FROM connect_table_rows WHERE tenant = ? AND table_id = ? AND row_number >= ?",
            [.text(record.tenant.rawValue), .text(Self.tableID(record)), .int(first)])
        for row in found { numbers[row.int("row_number")] = row.int64("number") }
        var documents: [(number: Int64, texts: [String])] = []
        for case .cells(let number, _, let cells) in rows {
            guard let document = numbers[number] else { continue }
            documents.append((document, cells.compactMap { $0.stringValue }))
        }
        try Self.text.putMany(documents, in: transaction)
    }
}
