import JSON

/// Fills one database from its part of an archive.
struct DatabaseRestore: Sendable {
    let database: any Database
    private let schema: ArchivedSchema
    private let catalog: SchemaCatalog

    /// Leaves the mark of an unfinished restore, then runs the migrations that had run when the archive was made and
    /// makes the tables that were made at run time.
    static func begin(
        _ context: OperationContext, _ database: any Database, _ sets: [MigrationSet], _ schema: ArchivedSchema
    ) async throws(Refusal) -> DatabaseRestore {
        let done = Set(schema.migrations.map { "\($0.module)/\($0.name)" })
        let known = sets.map { set in
            MigrationSet(module: set.module, set.migrations.filter { done.contains("\(set.module)/\($0.name)") })
        }
        let all = ([.system] + sets).flatMap { set in set.migrations.map { "\(set.module)/\($0.name)" } }
        if let unknown = done.subtracting(all).min() {
            throw Refusal(.invalid, "The backup was made by a newer Higo: the migration '\(unknown)' is unknown here.")
        }
        try await Migrator(known).begin(restoreOf: database, context)
        var steps = ([.system] + known).flatMap(\.migrations).filter { $0.database.includes(database.id) }
            .flatMap(\.steps)
        var made: [Migration.Step] = []
        for step in schema.made { made.append(try Migration.Step(encoded: step.step)) }
        steps += made
        try await database.write(context) { [made] transaction throws(Refusal) in
            for step in made { try transaction.apply(step) }
        }
        return DatabaseRestore(database: database, schema: schema, catalog: SchemaCatalog(steps))
    }

    /// Takes the lines of one entry; how many there were.
    func take(
        _ context: OperationContext, kind: String, name: String, _ bytes: [UInt8]
    ) async throws(Refusal) -> Int {
        let lines = try ArchivedValue.lines(bytes)
        switch kind {
        case "rows": try await insert(context, lines, into: name)
        case "texts": try await putTexts(context, lines, into: TextIndex(name))
        case "places": try await putPlaces(context, lines, into: GeoIndex(name))
        default: throw Refusal(.invalid, "The backup holds '\(kind)', which is unknown here.")
        }
        return lines.count
    }

    /// Sets the numbers, and takes the mark away.
    func finish(_ context: OperationContext) async throws(Refusal) {
        try await database.write(context) { transaction throws(Refusal) in
            for sequence in schema.sequences {
                try transaction.setLastNumber(ofSequence: sequence.name, sequence.value)
            }
            for identity in schema.identities {
                guard let column = catalog.tables.first(where: { $0.name == identity.name })?.identity else { continue }
                try transaction.setLastNumber(ofIdentity: column, in: identity.name, identity.value)
            }
            try transaction.execute(
                "DELETE FROM migrations WHERE module = ? AND name = ?", Migrator.unfinishedRestore.map { .text($0) })
        }
    }

    private func insert(
        _ context: OperationContext, _ lines: [[JSON]], into name: String
    ) async throws(Refusal) {
        guard let table = catalog.tables.first(where: { $0.name == name }),
            let columns = schema.columns.first(where: { $0.table == name })?.names
        else { throw Refusal(.invalid, "The backup holds the table '\(name)', which is unknown here.") }
        var kinds: [Column.Kind] = []
        for column in columns { kinds.append(table.columns[try table.position(of: column)].kind) }
        var rows: [[SQLValue]] = []
        for line in lines {
            guard line.count == kinds.count else { throw Refusal(.invalid, "A row of '\(name)' has missing values.") }
            var row: [SQLValue] = []
            for (json, kind) in zip(line, kinds) { row.append(try ArchivedValue.value(json, kind)) }
            rows.append(row)
        }
        try await database.write(context) { [rows] transaction throws(Refusal) in
            let sql = SchemaSQL(transaction.dialect)
            try transaction.executeMany(
                """
                INSERT INTO \(sql.quoted(name)) (\(columns.map(sql.quoted).joined(separator: ", ")))
                VALUES (\(columns.map { _ in "?" }.joined(separator: ", ")))
                """, rows)
        }
    }

    private func putTexts(
        _ context: OperationContext, _ lines: [[JSON]], into index: TextIndex
    ) async throws(Refusal) {
        let documents = lines.map { line in
            (number: Int64(line.first?.intValue ?? 0), texts: [line.last?.stringValue ?? ""])
        }
        try await database.write(context) { transaction throws(Refusal) in
            try index.putMany(documents, in: transaction)
        }
    }

    private func putPlaces(
        _ context: OperationContext, _ lines: [[JSON]], into index: GeoIndex
    ) async throws(Refusal) {
        var things: [(number: Int64, box: GeoIndex.Box)] = []
        for line in lines {
            let edges = line.dropFirst().compactMap(\.doubleValue)
            guard let number = line.first?.intValue, edges.count == 4 else {
                throw Refusal(.invalid, "A place in the backup cannot be read.")
            }
            let box = GeoIndex.Box(west: edges[0], south: edges[1], east: edges[2], north: edges[3])
            things.append((Int64(number), box))
        }
        try await database.write(context) { [things] transaction throws(Refusal) in
            try index.putMany(things, in: transaction)
        }
    }
}
