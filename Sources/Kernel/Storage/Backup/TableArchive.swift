import JSON

/// Writes what one snapshot of a database holds.
struct TableArchive {
    private let reader: any Reader
    private let writer: ArchiveWriter
    /// The newest transaction of the logs. Archives count transactions back from it, so that whatever is written after
    /// a restore is newer, on any database.
    private let lastTransaction: Int64
    private static let pageSize = 500

    init(_ reader: any Reader, _ writer: ArchiveWriter) throws(Refusal) {
        self.reader = reader
        self.writer = writer
        var last: Int64 = 0
        for table in ["change_log", "audit_log", "cursors"] {
            last = max(last, try reader.row("SELECT max(txid) AS last FROM \(table)")?.int64("last") ?? 0)
        }
        lastTransaction = last
    }

    func write(_ schema: ArchiveSchema) throws(Refusal) {
        for section in schema.sections { try write(section) }
        for section in schema.sections {
            guard let column = section.identity?.name else { continue }
            let last = try reader.lastNumber(ofIdentity: column, in: section.name)
            try writer.write(["identity": .string(column), "table": .string(section.name), "last": .int(last)])
        }
        for name in schema.sequences {
            try writer.write(["sequence": .string(name), "last": .int(try reader.lastNumber(ofSequence: name))])
        }
    }

    private func write(_ section: ArchiveSchema.Section) throws(Refusal) {
        let columns = section.columns
        try writer.write([
            section.kind: .string(section.name), "columns": .array(columns.map { .string($0.name) }),
        ])
        let before = writer.rows
        try forEachRow(of: section) { row throws(Refusal) in
            var values = row.values
            for (position, column) in columns.enumerated() where column.kind == .transaction || column.name == "txid" {
                if case .int64(let value) = values[position] { values[position] = .int64(value - lastTransaction) }
            }
            try writer.writeRow(values, columns)
        }
        try writer.write(["rows": JSON(writer.rows - before)])
    }

    /// SQLite hands over row by row; PostgreSQL a whole answer, so there it is asked page by page.
    private func forEachRow(
        of section: ArchiveSchema.Section, _ body: (Row) throws(Refusal) -> Void
    ) throws(Refusal) {
        let key = section.key.map { reader.quoted($0) }.joined(separator: ", ")
        let order = key.isEmpty ? "" : " ORDER BY \(key)"
        if reader.dialect == .sqlite || key.isEmpty {
            return try reader.forEach(select(section) + order, [], body)
        }
        var last: [SQLValue] = []
        while true {
            let after = last.isEmpty ? "" : " WHERE (\(key)) > (\(last.map { _ in "?" }.joined(separator: ", ")))"
            var count = 0
            let sql = select(section) + after + order + " LIMIT \(Self.pageSize)"
            let arguments = last
            try reader.forEach(sql, arguments) { row throws(Refusal) in
                try body(row)
                last = section.key.map { row[$0] }
                count += 1
            }
            if count < Self.pageSize { return }
        }
    }

    private func select(_ section: ArchiveSchema.Section) -> String {
        if case .geoIndex(let name) = section { return GeoIndex(name).selectAll(reader.dialect) }
        let columns = section.columns.map { reader.quoted($0.name) }.joined(separator: ", ")
        return "SELECT \(columns) FROM \(reader.quoted(section.name))"
    }
}
