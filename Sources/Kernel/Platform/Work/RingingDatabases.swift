import Storage
import Synchronization

/// Rings after each commit, so that consumers and jobs need not wait for their next look.
public final class CommitBell: Sendable {
    private let listener = Mutex<(@Sendable () -> Void)?>(nil)

    public init() {}

    /// Sets who hears it: `BackgroundWork.wake`.
    public func whenRung(_ listener: @escaping @Sendable () -> Void) { self.listener.withLock { $0 = listener } }

    func ring() { listener.withLock { $0 }?() }
}

/// Databases whose writes ring a bell; else the same.
public struct RingingDatabases: Databases {
    private let base: any Databases
    private let bell: CommitBell

    public init(_ base: any Databases, _ bell: CommitBell) {
        self.base = base
        self.bell = bell
    }

    public var main: any Database { RingingDatabase(base: base.main, bell: bell) }
    public var datastore: any Database { RingingDatabase(base: base.datastore, bell: bell) }
    public var folder: String? { base.folder }

    public func vault(tenant: TenantID, provider: String) async throws(Refusal) -> any Database {
        RingingDatabase(base: try await base.vault(tenant: tenant, provider: provider), bell: bell)
    }

    public func vaults() async throws(Refusal) -> [(tenant: TenantID, provider: String)] { try await base.vaults() }

    public func prepare() async throws(Refusal) { try await base.prepare() }

    public func migrate(_ sets: [MigrationSet]) async throws(Refusal) { try await base.migrate(sets) }

    public func pendingMigrations(_ sets: [MigrationSet]) async throws(Refusal) -> [String] {
        try await base.pendingMigrations(sets)
    }

    public func close() async { await base.close() }
}

private struct RingingDatabase: Database {
    let base: any Database
    let bell: CommitBell

    var id: DatabaseID { base.id }
    var dialect: Dialect { base.dialect }
    var statistics: WriteStatistics { base.statistics }

    func write<T: Sendable>(
        _ context: OperationContext, _ body: @escaping @Sendable (any Transaction) throws(Refusal) -> T
    ) async throws(Refusal) -> T {
        let result = try await base.write(context, body)
        // What the background itself writes is found by its next look; ringing for it would keep it awake for ever.
        if context.actor.kind != .system { bell.ring() }
        return result
    }

    func get(_ context: OperationContext, _ key: RowKey) async throws(Refusal) -> Row? {
        try await base.get(context, key)
    }

    func query<T: Sendable>(
        _ context: OperationContext, _ body: @escaping @Sendable (any Reader) throws(Refusal) -> T
    ) async throws(Refusal) -> T {
        try await base.query(context, body)
    }

    func query<T: Sendable>(
        _ context: OperationContext, seconds: Double, _ body: @escaping @Sendable (any Reader) throws(Refusal) -> T
    ) async throws(Refusal) -> T {
        try await base.query(context, seconds: seconds, body)
    }

    func whenChanged(_ wake: @escaping @Sendable () -> Void) { base.whenChanged(wake) }

    func close() async { await base.close() }
}
