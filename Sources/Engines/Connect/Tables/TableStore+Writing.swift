import Entities
import JSON
import Storage

/// A newer file of the same name replaces its table as a whole: rows are written beside the old ones, and one small step
/// shows them. Every step may be repeated.
extension TableStore {
    /// The name of an import's table: equal for newer files of the same name.
    static func tableID(_ record: ImportRecord) -> String { String(record.file.prefix { $0 != "." }) }

    /// Writes a chunk's rows, unless they are in already.
    package func append(
        _ context: OperationContext, _ record: ImportRecord, chunk: Int, _ rows: [StagedRow]
    ) async throws(Refusal) {
        try await database.write(context) { transaction throws(Refusal) in
            let version = try transaction.get(Self.versionKey(record))
            guard (version?.int("applied") ?? 0) == chunk - 1 else { return }
            if version == nil { try Self.begin(record, in: transaction) }
            try Self.insert(rows, record, in: transaction)
            try transaction.execute(
                "UPDATE connect_table_versions SET applied = ? WHERE tenant = ? AND import_id = ?",
                [.int(chunk)] + Self.key(record))
        }
    }

    /// Shows the version that an import made; the one before it is kept for an undo, older ones go.
    func publish(_ context: OperationContext, _ record: ImportRecord) async throws(Refusal) {
        let former = try await database.write(context) { transaction throws(Refusal) -> String? in
            let table = RowKey(
                "connect_tables", [("tenant", .text(record.tenant.rawValue)), ("id", .text(Self.tableID(record)))])
            let shown = try transaction.get(table)?.text("import_id")
            guard shown != record.id else { return nil }
            try transaction.execute(
                """
                INSERT INTO connect_tables (tenant, id, import_id) VALUES (?, ?, ?)
                ON CONFLICT (tenant, id) DO UPDATE SET import_id = excluded.import_id
                """, [.text(record.tenant.rawValue), .text(Self.tableID(record)), .text(record.id)])
            try transaction.execute(
                """
                UPDATE connect_table_versions SET position = 1 + (
                    SELECT MAX(position) FROM connect_table_versions WHERE tenant = ? AND table_id = ?)
                WHERE tenant = ? AND import_id = ?
                """, [.text(record.tenant.rawValue), .text(Self.tableID(record))] + Self.key(record))
            try transaction.record(
                Change("connect.table.published", space: record.tenant.rawValue, key: Self.tableID(record)))
            return shown
        }
        guard let former else { return }
        for version in try await versions(context, record) where version != record.id && version != former {
            try await dropRows(context, record.tenant, version)
        }
    }

    /// Takes the version of an import away; the one before it is shown again, if it is still there.
    func withdraw(_ context: OperationContext, _ record: ImportRecord) async throws(Refusal) {
        let former = try await versions(context, record).last { $0 != record.id }
        try await database.write(context) { transaction throws(Refusal) in
            let key: [SQLValue] = [.text(record.tenant.rawValue), .text(Self.tableID(record))]
            let shown = try transaction.row(
                "SELECT import_id FROM connect_tables WHERE tenant = ? AND id = ?", key)?.text("import_id")
            guard shown == record.id else { return }
            if let former {
                try transaction.execute(
                    "UPDATE connect_tables SET import_id = ? WHERE tenant = ? AND id = ?", [.text(former)] + key)
            } else {
                try transaction.execute("DELETE FROM connect_tables WHERE tenant = ? AND id = ?", key)
            }
            try transaction.record(
                Change("connect.table.withdrawn", space: record.tenant.rawValue, key: Self.tableID(record)))
        }
        try await dropRows(context, record.tenant, record.id)
    }

    /// Ids of the imports whose rows there are of a record's table, in the order in which they were shown first.
    func versions(_ context: OperationContext, _ record: ImportRecord) async throws(Refusal) -> [String] {
        let key: [SQLValue] = [.text(record.tenant.rawValue), .text(Self.tableID(record))]
        return try await database.query(context) { reader throws(Refusal) in
            try reader.rows(
                """
                SELECT import_id FROM connect_table_versions WHERE tenant = ? AND table_id = ? AND position > 0
                ORDER BY position
                """, key
            ).map { $0.text("import_id") }
        }
    }

    /// Some rows at a time, their version last, so that what a crash leaves is found again.
    private func dropRows(_ context: OperationContext, _ tenant: TenantID, _ importID: String) async throws(Refusal) {
        let key: [SQLValue] = [.text(tenant.rawValue), .text(importID)]
        var isDone = false
        while !isDone {
            isDone = try await database.write(context) { transaction throws(Refusal) -> Bool in
                let rows = try transaction.rows(
                    "SELECT number FROM connect_table_rows WHERE tenant = ? AND import_id = ? LIMIT 200", key)
                for row in rows { try TableSchema.text.remove(row.int64("number"), in: transaction) }
                try transaction.executeMany(
                    "DELETE FROM connect_table_rows WHERE number = ?", rows.map { [.int64($0.int64("number"))] })
                guard rows.isEmpty else { return false }
                try transaction.execute("DELETE FROM connect_table_versions WHERE tenant = ? AND import_id = ?", key)
                return true
            }
        }
    }

    private static func key(_ record: ImportRecord) -> [SQLValue] {
        [.text(record.tenant.rawValue), .text(record.id)]
    }

    private static func versionKey(_ record: ImportRecord) -> RowKey {
        RowKey(
            "connect_table_versions", [("tenant", .text(record.tenant.rawValue)), ("import_id", .text(record.id))])
    }

    private static func begin(_ record: ImportRecord, in transaction: any Transaction) throws(Refusal) {
        let columns = record.report.columns.map { column -> JSON in
            ["title": .string(column.title), "type": JSON(column.type)]
        }
        try transaction.execute(
            """
            INSERT INTO connect_table_versions (tenant, import_id, table_id, title, columns, visibility, licence, applied,
                position)
            VALUES (?, ?, ?, ?, ?, ?, ?, 0, 0)
            """,
            key(record) + [
                .text(tableID(record)), .text(record.report.title), .bytes(JSON.array(columns).bytes),
                .text(record.visibility.rawValue), .optional(record.report.licence),
            ])
    }

    private static func insert(
        _ rows: [StagedRow], _ record: ImportRecord, in transaction: any Transaction
    ) throws(Refusal) {
        var values: [[SQLValue]] = []
        var first = Int.max
        for case .cells(let number, let line, let cells) in rows {
            first = min(first, number)
            values.append(key(record) + [.int(number), .int(line), .bytes(JSON.array(cells).bytes)])
        }
        try transaction.executeMany(
            "INSERT INTO connect_table_rows (tenant, import_id, row_number, line, cells) VALUES (?, ?, ?, ?, ?)", values
        )
        try index(rows, from: first, record, in: transaction)
    }

    private static func index(
        _ rows: [StagedRow], from first: Int, _ record: ImportRecord, in transaction: any Transaction
    ) throws(Refusal) {
        var numbers: [Int: Int64] = [:]
        let found = try transaction.rows(
            "SELECT number, row_number FROM connect_table_rows WHERE tenant = ? AND import_id = ? AND row_number >= ?",
            key(record) + [.int(first)])
        for row in found { numbers[row.int("row_number")] = row.int64("number") }
        var documents: [(number: Int64, texts: [String])] = []
        for case .cells(let number, _, let cells) in rows {
            guard let document = numbers[number] else { continue }
            documents.append((document, cells.compactMap { $0.stringValue }))
        }
        try TableSchema.text.putMany(documents, in: transaction)
    }
}
