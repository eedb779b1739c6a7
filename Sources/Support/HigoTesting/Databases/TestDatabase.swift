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

        public var testDescription: String {
            self == .sqlite && TestDatabase.postgresURL == nil ? "sqlite (HIGO_TEST_POSTGRES is not set)" : rawValue
        }
    }

    /// SQLite, and PostgreSQL when `HIGO_TEST_POSTGRES` names a server (a URL) with the right to create schemas.
    /// Use it as `@Test(arguments: TestDatabase.kinds)`.
    public static let kinds: [Kind] = postgresURL == nil ? [.sqlite] : [.sqlite, .postgresql]

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
    _ kind: TestDatabase.Kind = .sqlite, _ sets: [MigrationSet] = [],
    _ body: (any Databases) async throws -> T
) async throws -> T {
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

extension TestDatabase {
    /// Opens fresh databases that are not migrated; `discard` them afterwards.
    package static func open(_ kind: Kind, folder: String) throws(Refusal) -> any Databases {
        switch kind {
        case .sqlite: return try SQLiteDatabases(folder: folder)
        case .postgresql:
            let prefix = "t\(UInt64.random(in: 0...UInt64(UInt32.max)))_"
            return try PostgreSQLDatabases(url: postgresURL ?? "", folder: folder, schemaPrefix: prefix)
        }
    }

    package static func discard(_ databases: any Databases) async throws(Refusal) {
        await databases.close()
        if let databases = databases as? PostgreSQLDatabases { try await databases.dropSchemas() }
    }
}
