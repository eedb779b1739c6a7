import Connect
import Entities
import Foundation
import HigoTesting
import Storage

/// An import service on fresh databases.
func withImports<T>(
    _ kind: TestDatabase.Kind = .standard, limits: ImportLimits = .init(),
    _ body: (ImportService, any Databases) async throws -> T
) async throws -> T {
    let sets = [EntitySchema.migrations, MigrationSet(module: "connect", ConnectModule.migrations)]
    return try await withDatabases(kind, sets) { databases in
        let entities = EntityStore(database: databases.main)
        let service = try ImportService(
            databases: databases, entities: entities, dataFolder: dataFolder, limits: limits)
        return try await body(service, databases)
    }
}

extension ImportService {
    /// Imports a text as a file of that name.
    func importText(
        _ text: String, name: String, context: OperationContext = .test(), options: ImportOptions = ImportOptions()
    ) async throws -> ImportReport {
        let folder = FileManager.default.temporaryDirectory.appending(path: "higo-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appending(path: name).path
        try Data(text.utf8).write(to: URL(filePath: path))
        return try await importFile(context, path: path, options: options)
    }

    func count(type: String, context: OperationContext = .test()) async throws -> Int {
        try await entities.query(context, EntityQuery(types: [type], limit: 1, countsAll: true)).total ?? 0
    }
}

/// What an import tells of itself in one line.
extension ImportReport {
    var tally: [Int] { [rows, linked, updated, unchanged, quarantined] }
}
