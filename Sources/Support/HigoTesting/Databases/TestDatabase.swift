import Foundation
import PostgreSQLStorage
import SQLiteStorage
import Storage
import Testing

/// The databases that a test runs on.
public enum TestDatabase {
    public enum Kind: String, Sendable, CaseIterable, CustomTestStringConvertible {
        case sqlite
        case postgresql

        public var testDescription: String { rawValue }

        /// The database that this run is about: PostgreSQL when `HIGO_TEST_POSTGRES` names a server (a URL) with the
        /// right to create schemas, else SQLite.
        public static let standard: Kind = TestDatabase.postgresURL == nil ? .sqlite : .postgresql
    }

    /// What a test of storage runs on. Use it as `@Test(arguments: TestDatabase.kinds)`.
    public static let kinds: [Kind] = [.standard]

    package static let postgresURL: String? = {
        let url = ProcessInfo.processInfo.environment["HIGO_TEST_POSTGRES"]
        return url?.isEmpty == false ? url : nil
    }()
}

/// A fresh folder for a test, removed at its end.
@discardableResult
public func withTemporaryFolder<T>(_ body: (String) async throws -> T) async throws -> T {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("higo-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    return try await body(folder)
}

/// Fresh, migrated databases of one kind, gone at the end of `body`.
@discardableResult
public func withDatabases<T>(
    _ kind: TestDatabase.Kind = .standard, _ sets: [MigrationSet] = [],
    _ body: (any Databases) async throws -> T
) async throws -> T {
    try await TestDatabase.withPlace {
        try await withTemporaryFolder { folder in
            let databases = try TestDatabase.open(kind, folder: folder)
            do {
                try await databases.migrate(sets)
                let result = try await body(databases)
                try await TestDatabase.discard(databases)
                return result
            } catch {
                try? await TestDatabase.discard(databases)
                throw error
            }
        }
    }
}

extension TestDatabase {
    /// Opens fresh databases that are not migrated; `discard` them afterwards.
    package static func open(_ kind: Kind, folder: String) throws(Refusal) -> any Databases {
        switch kind {
        case .sqlite: return try SQLiteDatabases(folder: folder, deadlines: deadlines)
        case .postgresql:
            let prefix = "t\(UInt64.random(in: 0...UInt64(UInt32.max)))_"
            return try PostgreSQLDatabases(
                url: postgresURL ?? "", folder: folder, schemaPrefix: prefix, deadlines: deadlines)
        }
    }

    /// Long enough for a machine that does much else: what a test says must not hang on its speed.
    private static let deadlines = QueryDeadlines(request: 60, system: 120)

    /// All tests begin at once, but a machine of a few cores and one server of PostgreSQL cannot hold the databases of
    /// hundreds of them: so many run at a time, and the others wait. A database inside another's body waits for nothing.
    package static func withPlace<T>(_ body: () async throws -> T) async throws -> T {
        if hasPlace { return try await body() }
        await places.take()
        defer { places.giveBack() }
        return try await $hasPlace.withValue(true) { try await body() }
    }

    @TaskLocal private static var hasPlace = false
    private static let places = Places(max(2 * ProcessInfo.processInfo.activeProcessorCount, 6))

    package static func discard(_ databases: any Databases) async throws(Refusal) {
        await databases.close()
        if let databases = databases as? PostgreSQLDatabases { try await databases.dropSchemas() }
    }
}
