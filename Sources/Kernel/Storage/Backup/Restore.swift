import Foundation
import JSON

/// Fills an empty installation, of whichever database, from an archive.
///
/// The archive is read whole and checked before the first row is written. A restore that breaks off leaves a mark, and
/// the installation refuses to open until it is removed and restored again.
public struct Restore: Sendable {
    private let databases: any Databases
    private let sets: [MigrationSet]

    public init(_ databases: any Databases, _ sets: [MigrationSet]) {
        self.databases = databases
        self.sets = sets
    }

    /// Refuses with `conflict` if there is something in the installation, with `invalid` if the archive is damaged.
    ///
    /// - Returns: How many rows were restored.
    @discardableResult
    public func read(
        _ context: OperationContext, from path: String, progress: @escaping @Sendable (String) -> Void = { _ in }
    ) async throws(Refusal) -> Int {
        try await ArchiveReader(path: path).check()
        try await databases.prepare()
        try await requireEmpty(context)
        let rows = try await restore(context, try ArchiveReader(path: path), progress)
        try await databases.migrate(sets)
        return rows
    }

    private func requireEmpty(_ context: OperationContext) async throws(Refusal) {
        let refusal = Refusal(.conflict, "The installation is not empty. Restore into a new folder or database.")
        guard try await databases.vaults().isEmpty else { throw refusal }
        for database in [databases.main, databases.datastore] {
            let isUsed = try await database.query(context) { reader throws(Refusal) in
                try reader.hasMigrationRecord()
            }
            if isUsed { throw refusal }
        }
    }

    private func restore(
        _ context: OperationContext, _ archive: ArchiveReader, _ progress: @escaping @Sendable (String) -> Void
    ) async throws(Refusal) -> Int {
        var restores: [DatabaseRestore] = []
        var rows = 0
        try await archive.forEach { header, next throws(Refusal) in
            if header.name.hasPrefix("blobs/") { return try keepBlob(header, next) }
            guard let (id, rest) = Archive.split(header.name) else { return }
            let bytes = try ArchiveReader.all(next)
            if rest == ["schema.json"] {
                let database = try await database(id)
                restores.append(
                    try await DatabaseRestore.begin(context, database, sets, try ArchivedSchema(bytes: bytes)))
            } else if let restore = restores.last, restore.database.id == id, rest.count == 3 {
                progress(header.name)
                rows += try await restore.take(context, kind: rest[0], name: rest[1], bytes)
            }
        }
        // `main` last: as long as its mark is there, nothing of the installation opens.
        for restore in restores.reversed() { try await restore.finish(context) }
        return rows
    }

    private func database(_ id: DatabaseID) async throws(Refusal) -> any Database {
        switch id {
        case .main: databases.main
        case .datastore: databases.datastore
        case .vault(let tenant, let provider): try await databases.vault(tenant: tenant, provider: provider)
        }
    }

    private func keepBlob(_ header: TarHeader, _ next: () throws(Refusal) -> [UInt8]?) throws(Refusal) {
        guard let folder = databases.folder else {
            throw Refusal(.invalid, "The backup holds files; name a folder to restore them into.")
        }
        let writer = try BlobWriter(folder: folder + "/blobs")
        while let piece = try next() { try writer.append(piece) }
        let (sha256, _) = try writer.finish()
        guard header.name == "blobs/\(sha256)" else {
            throw Refusal(.invalid, "The file '\(header.name)' in the backup is not what its name says.")
        }
    }
}
