import JSON

/// Reads an archive of `Backup` into fresh databases of any kind.
///
/// While it runs, a mark in each database makes `migrate` and `pendingMigrations` refuse, so that nothing is ever served
/// from a half of an archive.
public struct Restore: Sendable {
    let databases: any Databases
    let sets: [MigrationSet]

    /// - Parameters:
    ///   - databases: opened and not migrated.
    ///   - sets: the modules' migrations, in their order.
    public init(_ databases: any Databases, _ sets: [MigrationSet]) {
        self.databases = databases
        self.sets = sets
    }

    /// Checks the whole archive, then loads it, then runs the migrations that are newer than it.
    ///
    /// Refuses with `invalid` what is no whole archive or comes from a newer program, and with `conflict` databases that
    /// are in use already; both before anything is written.
    @discardableResult
    public func read(_ context: OperationContext, from path: String) async throws(Refusal) -> ArchiveSummary {
        let header = try ArchiveReader.verify(path: path)
        let archived = try header.migrations(of: sets)
        try await requireEmpty(context)
        try await databases.migrate([.unfinishedRestore] + archived)
        var load = ArchiveLoad(databases: databases, sets: archived, context: context)
        try await load.run(try ArchiveReader(path: path))
        for database in load.loaded.values {
            _ = try await database.write(context) { transaction throws(Refusal) in
                try transaction.execute(
                    "DELETE FROM migrations WHERE module = ? AND name = ?", Migrator.unfinishedRestore.map { .text($0) }
                )
            }
        }
        try await databases.migrate(sets)
        return ArchiveSummary(rows: load.rows, blobs: load.blobs, bytes: load.bytes, created: header.created)
    }

    private func requireEmpty(_ context: OperationContext) async throws(Refusal) {
        var isUsed = try await !databases.vaults().isEmpty
        for database in [databases.main, databases.datastore] where !isUsed {
            isUsed = try await database.query(context) { reader throws(Refusal) in try reader.hasMigrationRecord() }
        }
        if isUsed {
            throw Refusal(
                .conflict,
                "There are data already where the archive is to be restored. Name an empty folder or database.")
        }
    }
}

extension MigrationSet {
    /// Leaves the mark of a restore that has not ended.
    static let unfinishedRestore = MigrationSet(
        module: Migrator.unfinishedRestore[0], [Migration(Migrator.unfinishedRestore[1], in: .every, [])])
}
