import Storage
import Synchronization

/// The schemas of one installation: `main`, `datastore`, `vault_TENANT_PROVIDER`.
///
/// `serve` asks `pendingMigrations` and refuses to start while there are any; `migrate` runs them under a lock that only
/// one process holds.
public final class PostgreSQLDatabases: Databases {
    public let main: any Storage.Database
    public let datastore: any Storage.Database
    public let folder: String?

    private struct State {
        var vaults: [String: PostgreSQLDatabase] = [:]
        var sets: [MigrationSet] = []
    }

    private let url: String
    private let prefix: String
    private let deadlines: QueryDeadlines
    private let state = Mutex(State())

    /// - Parameters:
    ///   - url: as libpq takes it, `postgres://user@host:port/database`.
    ///   - folder: where blobs lie; several nodes mount one.
    ///   - schemaPrefix: before every schema's name, so that one server holds several installations.
    ///   - connections: which write to `main` and read by key; half as many more answer queries. The datastore has half
    ///     of both, a vault two and one while it is used.
    public init(
        url: String, folder: String? = nil, schemaPrefix: String = "", deadlines: QueryDeadlines = QueryDeadlines(),
        connections: Int = 8
    ) throws(Refusal) {
        self.url = url
        self.folder = folder
        self.deadlines = deadlines
        prefix = schemaPrefix
        // Says at once when the server is not there or the URL is wrong.
        _ = try PostgreSQLConnection(url: url, schema: "public")
        main = PostgreSQLDatabase(
            .main, url: url, schema: schemaPrefix + "main", deadlines: deadlines, connections: connections)
        datastore = PostgreSQLDatabase(
            .datastore, url: url, schema: schemaPrefix + "datastore", deadlines: deadlines,
            connections: max(connections / 2, 1))
    }

    public func vault(tenant: TenantID, provider: String) async throws(Refusal) -> any Storage.Database {
        let schema = try VaultName(tenant: tenant, provider: provider).schema(prefix: prefix)
        if let open = state.withLock({ $0.vaults[schema] }) { return open }
        let vault = PostgreSQLDatabase(
            .vault(tenant: tenant, provider: provider), url: url, schema: schema, deadlines: deadlines, connections: 2,
            idleSeconds: 60)
        let sets = state.withLock { $0.sets }
        try await locked { [self] pool async throws(Refusal) in
            try await makeSchema(schema, pool)
            try await Migrator(sets).migrate(vault, .system("migrate", tenant: tenant))
        }
        return state.withLock { state in
            if let open = state.vaults[schema] { return open }
            state.vaults[schema] = vault
            return vault
        }
    }

    public func vaults() async throws(Refusal) -> [(tenant: TenantID, provider: String)] {
        let (prefix, pool) = (prefix, administration())
        let names = try await pool.perform(for: .prefecture) { connection throws(Refusal) in
            var names: [VaultName] = []
            let sql = "SELECT nspname FROM pg_namespace WHERE starts_with(nspname, ?) ORDER BY nspname"
            try connection.execute(sql, [.text(prefix + "vault_")]).forEach { row throws(Refusal) in
                if let name = VaultName(schema: row.text("nspname"), prefix: prefix) { names.append(name) }
            }
            return names
        }
        await pool.close()
        return names.map { (tenant: TenantID($0.tenant), provider: $0.provider) }
    }

    public func prepare() async throws(Refusal) {
        try await locked { [self] pool async throws(Refusal) in
            for name in ["main", "datastore"] { try await makeSchema(prefix + name, pool) }
        }
    }

    public func migrate(_ sets: [MigrationSet]) async throws(Refusal) {
        state.withLock { $0.sets = sets }
        try await locked { [self] pool async throws(Refusal) in
            for (database, name) in [(main, "main"), (datastore, "datastore")] {
                try await makeSchema(prefix + name, pool)
                try await Migrator(sets).migrate(database, .system("migrate"))
            }
        }
    }

    public func pendingMigrations(_ sets: [MigrationSet]) async throws(Refusal) -> [String] {
        state.withLock { $0.sets = sets }
        var names: [String] = []
        for database in [main, datastore] {
            let pending = try await Migrator(sets).pending(in: database, .system("migrate"))
            names += pending.map { "\($0.module)/\($0.migration.name)" }
        }
        return names
    }

    /// One connection to the server, whatever the schema.
    private func administration() -> ConnectionPool<PostgreSQLConnection> {
        ConnectionPool(size: 1) { [url] () throws(Refusal) in try PostgreSQLConnection(url: url, schema: "public") }
    }

    /// Holds a lock of this installation among all processes while `body` runs. It belongs to a connection of its own
    /// and ends with it, also when `body` refuses.
    private func locked(
        _ body: (ConnectionPool<PostgreSQLConnection>) async throws(Refusal) -> Void
    ) async throws(Refusal) {
        let pool = administration()
        let name = "higo migrations \(prefix)"
        do throws(Refusal) {
            try await pool.perform(for: .prefecture) { connection throws(Refusal) in
                _ = try connection.execute("SELECT pg_advisory_lock(hashtext(?))", [.text(name)])
            }
            try await body(pool)
            await pool.close()
        } catch {
            await pool.close()
            throw error
        }
    }

    private func makeSchema(_ name: String, _ pool: ConnectionPool<PostgreSQLConnection>) async throws(Refusal) {
        try await pool.perform(for: .prefecture) { connection throws(Refusal) in
            try connection.run("CREATE SCHEMA IF NOT EXISTS \(SchemaSQL(.postgresql).quoted(name))")
        }
    }

    /// Removes every schema with the prefix: only for installations that a test made.
    package func dropSchemas() async throws(Refusal) {
        let prefix = prefix
        try await locked { pool async throws(Refusal) in
            try await pool.perform(for: .prefecture) { connection throws(Refusal) in
                let found = try connection.execute(
                    "SELECT nspname FROM pg_namespace WHERE starts_with(nspname, ?)", [.text(prefix)])
                try found.forEach { row throws(Refusal) in
                    try connection.run("DROP SCHEMA \(SchemaSQL(.postgresql).quoted(row.text("nspname"))) CASCADE")
                }
            }
        }
    }

    public func close() async {
        await main.close()
        await datastore.close()
        for vault in state.withLock({ Array($0.vaults.values) }) { await vault.close() }
    }
}
