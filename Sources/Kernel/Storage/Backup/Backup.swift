import JSON

/// Writes all databases and blobs of an installation into one archive that names no database.
///
/// An archive is UTF-8 text, a JSON value a line:
/// - the header (`ArchiveHeader`);
/// - for each database `{"database": NAME}`, then for each table, text index and geo index a line with its name and
///   columns, an array for each row, and `{"rows": COUNT}`; then where its sequences and identity columns stand;
/// - for each blob `{"blob": SHA-256}`, its bytes in strings of base64, and `{"bytes": COUNT}`;
/// - the end, with the number of rows and the SHA-256 of every byte before it.
///
/// Each database is read in one snapshot, the databases one after the other.
public struct Backup: Sendable {
    let databases: any Databases
    let sets: [MigrationSet]

    /// - Parameter sets: the modules' migrations, in their order.
    public init(_ databases: any Databases, _ sets: [MigrationSet]) {
        self.databases = databases
        self.sets = sets
    }

    /// A day: a backup of everything may take longer than any query of a request.
    static let seconds: Double = 86_400

    /// Writes the archive; nothing is left of it if this refuses.
    @discardableResult
    public func write(_ context: OperationContext, to path: String) async throws(Refusal) -> ArchiveSummary {
        let writer = try ArchiveWriter(path: path)
        do throws(Refusal) {
            return try await write(context, writer)
        } catch {
            writer.discard()
            throw error
        }
    }

    private func write(_ context: OperationContext, _ writer: ArchiveWriter) async throws(Refusal) -> ArchiveSummary {
        var all = [databases.main, databases.datastore]
        for vault in try await databases.vaults() {
            all.append(try await databases.vault(tenant: vault.tenant, provider: vault.provider))
        }
        var header = ArchiveHeader(created: context.now, migrations: [:])
        for database in all {
            let done = try await database.query(context) { reader throws(Refusal) in try reader.doneMigrations() }
            header.migrations[database.id.archiveName] = done
        }
        try writer.write(header.json)
        for database in all { try await write(database, context, writer) }
        let blobs = try BlobArchive(folder: databases.folder).write(writer)
        try writer.finish()
        return ArchiveSummary(rows: writer.rows, blobs: blobs, bytes: writer.bytes, created: header.created)
    }

    private func write(
        _ database: any Database, _ context: OperationContext, _ writer: ArchiveWriter
    ) async throws(Refusal) {
        let (sets, id) = (sets, database.id)
        try await database.query(context, seconds: Self.seconds) { reader throws(Refusal) in
            var schema = ArchiveSchema(sets, done: Set(try reader.doneMigrations()), in: id)
            for step in try reader.madeSteps() { schema.take(step) }
            try writer.write(["database": .string(id.archiveName)])
            try TableArchive(reader, writer).write(schema)
        }
    }
}

/// What an archive holds.
public struct ArchiveSummary: Sendable, Hashable {
    public var rows: Int
    public var blobs: Int
    public var bytes: Int64
    /// When the backup began.
    public var created: Instant
}

extension Reader {
    /// Names `module/NNNN-name` of what has run, sorted.
    func doneMigrations() throws(Refusal) -> [String] {
        try rows("SELECT module, name FROM migrations ORDER BY module, name")
            .map { "\($0.text("module"))/\($0.text("name"))" }
    }

    /// What was made at run time, in order. Statements that moved data are not taken again.
    func madeSteps() throws(Refusal) -> [Migration.Step] {
        var steps: [Migration.Step] = []
        try forEach("SELECT step FROM made_steps ORDER BY number", []) { row throws(Refusal) in
            let step = try Migration.Step(encoded: row.bytes("step"))
            if case .execute = step { return }
            steps.append(step)
        }
        return steps
    }
}
