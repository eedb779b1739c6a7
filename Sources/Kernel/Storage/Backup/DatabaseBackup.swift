import JSON

/// Writes one state of one database.
struct DatabaseBackup {
    let reader: any Reader
    let folder: String
    let archive: ArchiveWriter
    let progress: @Sendable (String) -> Void

    /// - Parameter steps: those of all migrations for this database.
    func write(_ steps: [Migration.Step]) throws(Refusal) -> Int {
        let made = try reader.rows("SELECT name, step FROM made_steps ORDER BY number")
        var all = steps
        for row in made { all.append(try Migration.Step(encoded: row.bytes("step"))) }
        let catalog = SchemaCatalog(all)
        let tables = catalog.tables.filter { !Archive.leftOut.contains($0.name) }
        try archive.add("\(folder)/schema.json", try schema(catalog, tables, made).bytes)
        var rows = 0
        for table in tables { rows += try write(table) }
        for name in catalog.texts { rows += try writeTexts(name) }
        for name in catalog.places { rows += try writePlaces(name) }
        return rows
    }

    private func schema(
        _ catalog: SchemaCatalog, _ tables: [Table], _ made: [Row]
    ) throws(Refusal) -> ArchivedSchema {
        var sequences: [(name: String, value: Int64)] = []
        for name in catalog.sequences { sequences.append((name, try reader.lastNumber(ofSequence: name))) }
        var identities: [(name: String, value: Int64)] = []
        for table in catalog.tables {
            guard let column = table.identity else { continue }
            identities.append((table.name, try reader.lastNumber(ofIdentity: column, in: table.name)))
        }
        return ArchivedSchema(
            migrations: try reader.rows("SELECT module, name, time FROM migrations ORDER BY module, name")
                .map { ($0.text("module"), $0.text("name"), $0.int64("time")) },
            made: made.map { ($0.text("name"), $0.bytes("step")) },
            columns: tables.map { ($0.name, $0.columns.map(\.name)) }, sequences: sequences, identities: identities)
    }

    private func write(_ table: Table) throws(Refusal) -> Int {
        let sql = SchemaSQL(reader.dialect)
        let names = table.columns.map { sql.quoted($0.name) }.joined(separator: ", ")
        let keys = table.primaryKey.isEmpty ? [table.columns[0].name] : table.primaryKey
        let kinds = table.columns.map(\.kind)
        let positions = try keys.map { key throws(Refusal) in try table.position(of: key) }
        return try pages(
            "rows/\(table.name)", "SELECT \(names) FROM \(sql.quoted(table.name))", keys.map(sql.quoted), positions
        ) { values throws(Refusal) in try adjusted(values, table).enumerated().map { ArchivedValue.json($1, kinds[$0]) }
        }
    }

    /// Transactions' numbers mean nothing elsewhere: logs are read by `seq` alone there. So a cursor stands before the
    /// first row that its consumer has not read, or, if it has read all, on the last one. Where transactions were
    /// committed out of order it brings some rows twice, which consumers and the sealer take without harm.
    private func adjusted(_ values: [SQLValue], _ table: Table) throws(Refusal) -> [SQLValue] {
        guard let position = table.columns.firstIndex(where: { $0.name == "txid" }) else { return values }
        var values = values
        if table.name == "cursors", case .int64(let transaction) = values[position],
            case .int64(let sequence) = values[position + 1], case .text(let consumer) = values[0]
        {
            let log = consumer.hasSuffix("audit-log") ? "audit_log" : "change_log"
            let place: [SQLValue] = [.int64(transaction), .int64(sequence)]
            let unread = try reader.row("SELECT min(seq) AS seq FROM \(log) WHERE (txid, seq) > (?, ?)", place)
            let last = try reader.row("SELECT max(seq) AS seq FROM \(log)")
            let read = unread?.optionalInt64("seq").map { $0 - 1 } ?? last?.optionalInt64("seq")
            values[position + 1] = .int64(read ?? sequence)
        }
        values[position] = .int64(0)
        return values
    }

    private func writeTexts(_ name: String) throws(Refusal) -> Int {
        try pages("texts/\(name)", "SELECT number, folded FROM \(name)", ["number"], [0]) { values throws(Refusal) in
            values.map { ArchivedValue.json($0, .text) }
        }
    }

    private func writePlaces(_ name: String) throws(Refusal) -> Int {
        let columns =
            switch reader.dialect {
            case .sqlite: "number, west, south, east, north"
            case .postgresql: "number, (area[1])[0], (area[1])[1], (area[0])[0], (area[0])[1]"
            }
        return try pages("places/\(name)", "SELECT \(columns) FROM \(name)", ["number"], [0]) {
            values throws(Refusal) in values.map { ArchivedValue.json($0, .double) }
        }
    }

    /// Reads page after page in the order of the key, so that memory stays bounded, and writes an entry each.
    private func pages(
        _ name: String, _ select: String, _ keys: [String], _ positions: [Int],
        _ line: ([SQLValue]) throws(Refusal) -> [JSON]
    ) throws(Refusal) -> Int {
        progress("\(folder)/\(name)")
        let order = keys.joined(separator: ", ")
        let after = " WHERE (\(order)) > (\(keys.map { _ in "?" }.joined(separator: ", ")))"
        var (count, number) = (0, 0)
        var last: [SQLValue]?
        while true {
            var (bytes, found): ([UInt8], Int) = ([], 0)
            try reader.forEach(
                select + (last == nil ? "" : after) + " ORDER BY \(order) LIMIT ?",
                (last ?? []) + [.int(Archive.chunk)]
            ) { row throws(Refusal) in
                JSON.array(try line(row.values)).write(into: &bytes)
                bytes.append(UInt8(ascii: "\n"))
                last = positions.map { row.values[$0] }
                found += 1
            }
            if found == 0 { return count }
            number += 1
            count += found
            let digits = String(number)
            let padded = String(repeating: "0", count: max(6 - digits.count, 0)) + digits
            try archive.add("\(folder)/\(name)/\(padded).jsonl", bytes)
            if found < Archive.chunk { return count }
        }
    }
}

extension Table {
    var identity: String? { columns.first { $0.kind == .identity }?.name }

    func position(of column: String) throws(Refusal) -> Int {
        guard let position = columns.firstIndex(where: { $0.name == column }) else {
            throw Refusal(.storage, "The table '\(name)' has no column '\(column)' for its key.")
        }
        return position
    }
}
