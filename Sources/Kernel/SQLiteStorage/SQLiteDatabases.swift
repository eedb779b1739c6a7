import Foundation
import Storage
import Synchronization

/// The SQLite files of one folder: `main.db`, `datastore.db`, `vaults/TENANT/PROVIDER.db`.
public final class SQLiteDatabases: Databases {
    public let main: any Storage.Database
    public let datastore: any Storage.Database
    public let folder: String?

    private struct State {
        var vaults: [VaultName: SQLiteDatabase] = [:]
        var sets: [MigrationSet] = []
    }

    private let root: String
    private let deadlines: QueryDeadlines
    private let readers: Int
    private let lock: FolderLock
    private let checkpoints = Checkpoints()
    private let state = Mutex(State())

    /// Makes the folder where there is none and takes its lock; refuses with `unavailable` if another process holds it.
    ///
    /// - Parameter readers: queries that each database answers at a time; vaults answer half as many.
    public init(
        folder: String, deadlines: QueryDeadlines = QueryDeadlines(), readers: Int = 4
    ) throws(Refusal) {
        try Self.makeFolder(folder)
        self.folder = folder
        root = folder
        self.deadlines = deadlines
        self.readers = readers
        lock = try FolderLock(folder: folder)
        main = try SQLiteDatabase(.main, path: folder + "/main.db", deadlines: deadlines, queryThreads: readers)
        datastore = try SQLiteDatabase(
            .datastore, path: folder + "/datastore.db", deadlines: deadlines, queryThreads: readers)
        checkpoints.add(folder + "/main.db")
        checkpoints.add(folder + "/datastore.db")
    }

    public func vault(tenant: TenantID, provider: String) async throws(Refusal) -> any Storage.Database {
        let name = try VaultName(tenant: tenant, provider: provider)
        if let open = state.withLock({ $0.vaults[name] }) { return open }
        try Self.makeFolder("\(root)/vaults/\(tenant.rawValue)")
        let vault = try openVault(name, .vault(tenant: tenant, provider: provider))
        try await Migrator(state.withLock { $0.sets }).migrate(vault, .system("migrate", tenant: tenant))
        return vault
    }

    private func openVault(_ name: VaultName, _ id: DatabaseID) throws(Refusal) -> SQLiteDatabase {
        try state.withLock { state throws(Refusal) in
            if let open = state.vaults[name] { return open }
            let vault = try SQLiteDatabase(
                id, path: name.path(in: root), deadlines: deadlines, queryThreads: max(readers / 2, 1), idleSeconds: 60)
            state.vaults[name] = vault
            return vault
        }
    }

    public func vaults() async throws(Refusal) -> [(tenant: TenantID, provider: String)] {
        let folder = root + "/vaults"
        let tenants = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return tenants.sorted().flatMap { tenant in
            let files = (try? FileManager.default.contentsOfDirectory(atPath: "\(folder)/\(tenant)")) ?? []
            return files.sorted().filter { $0.hasSuffix(".db") }
                .map { (tenant: TenantID(tenant), provider: String($0.dropLast(3))) }
        }
    }

    /// The files are there as soon as they are opened.
    public func prepare() async throws(Refusal) {}

    public func migrate(_ sets: [MigrationSet]) async throws(Refusal) {
        state.withLock { $0.sets = sets }
        for database in [main, datastore] { try await Migrator(sets).migrate(database, .system("migrate")) }
    }

    public func pendingMigrations(_ sets: [MigrationSet]) async throws(Refusal) -> [String] {
        var names: [String] = []
        for database in [main, datastore] {
            let pending = try await Migrator(sets).pending(in: database, .system("migrate"))
            names += pending.map { "\($0.module)/\($0.migration.name)" }
        }
        return names
    }

    public func close() async {
        await checkpoints.close()
        await main.close()
        await datastore.close()
        for vault in state.withLock({ Array($0.vaults.values) }) { await vault.close() }
    }

    private static func makeFolder(_ path: String) throws(Refusal) {
        do {
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch { throw Refusal(.unavailable, "The folder '\(path)' cannot be made: \(error)") }
    }
}
