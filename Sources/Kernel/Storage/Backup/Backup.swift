import Foundation
import JSON

/// Writes everything that an installation holds into one file (see `Archive`). Works while a server runs.
public struct Backup: Sendable {
    private let databases: any Databases
    private let sets: [MigrationSet]

    public init(_ databases: any Databases, _ sets: [MigrationSet]) {
        self.databases = databases
        self.sets = [.system] + sets
    }

    /// Writes the archive; until it is whole it has another name.
    ///
    /// - Parameter progress: called with the name of each table as it is begun.
    /// - Returns: How many rows were written.
    @discardableResult
    public func write(
        _ context: OperationContext, to path: String, progress: @escaping @Sendable (String) -> Void = { _ in }
    ) async throws(Refusal) -> Int {
        let archive = try ArchiveWriter(path: path)
        do throws(Refusal) {
            let head: JSON = ["format": .string(Archive.format), "version": .int(Int64(Archive.version))]
            try archive.add("higo.json", head.bytes)
            var rows = 0
            let all = try await all()
            for database in all { rows += try await write(context, database, archive, progress) }
            try await writeBlobs(context, of: all, archive)
            try archive.finish()
            return rows
        } catch {
            archive.discard()
            throw error
        }
    }

    private func all() async throws(Refusal) -> [any Database] {
        var all = [databases.main, databases.datastore]
        for vault in try await databases.vaults() {
            all.append(try await databases.vault(tenant: vault.tenant, provider: vault.provider))
        }
        return all
    }

    private func write(
        _ context: OperationContext, _ database: any Database, _ archive: ArchiveWriter,
        _ progress: @escaping @Sendable (String) -> Void
    ) async throws(Refusal) -> Int {
        let steps = sets.flatMap(\.migrations).filter { $0.database.includes(database.id) }.flatMap(\.steps)
        let folder = Archive.folder(of: database.id)
        return try await database.query(context, seconds: Archive.seconds) { reader throws(Refusal) in
            try DatabaseBackup(reader: reader, folder: folder, archive: archive, progress: progress).write(steps)
        }
    }

    /// The files that a row of any database names, each once.
    private func writeBlobs(
        _ context: OperationContext, of all: [any Database], _ archive: ArchiveWriter
    ) async throws(Refusal) {
        guard let folder = databases.folder else { return }
        var sizes: [String: Int64] = [:]
        for database in all {
            let named = try await database.query(context, seconds: Archive.seconds) { reader throws(Refusal) in
                try reader.rows("SELECT sha256, max(size) AS size FROM blobs GROUP BY sha256")
            }
            for blob in named { sizes[blob.text("sha256")] = blob.int64("size") }
        }
        for (sha256, size) in sizes.sorted(by: { $0.key < $1.key }) {
            let path = BlobWriter.path(of: sha256, in: folder + "/blobs")
            try archive.add("blobs/\(sha256)", file: path, size: size)
        }
    }
}
