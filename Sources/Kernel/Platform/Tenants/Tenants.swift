import JSON
import Storage
import Synchronization

/// The tenants, kept in memory and read again when the directory changes.
public final class Tenants: Sendable {
    private let directory: Directory
    private let held = Mutex<(version: Int64, tenants: TenantDirectory)>((-1, TenantDirectory()))

    public init(_ directory: Directory) { self.directory = directory }

    /// What was read last, without touching the database. Empty before the first `load`.
    public var current: TenantDirectory { held.withLock { $0.tenants } }

    /// The tenants as they are now; reads the database only after a change.
    @discardableResult
    public func load(_ context: OperationContext) async throws(Refusal) -> TenantDirectory {
        let version = directory.version.current
        let (heldVersion, tenants) = held.withLock { $0 }
        if heldVersion == version { return tenants }
        let rows = try await directory.rows(
            context, "SELECT \(Tenant.columns.joined(separator: ", ")) FROM platform_tenants")
        let fresh = TenantDirectory(rows.map(Tenant.init(row:)))
        held.withLock { held in
            if held.version < version { held = (version, fresh) }
        }
        return fresh
    }

    /// Adds a provider by its slug: 3 to 40 lower-case letters, digits and hyphens, starting with a letter.
    public func addProvider(_ context: OperationContext, slug: String, name: String) async throws(Refusal) -> Tenant {
        try context.require(.manageTenants)
        guard Self.isSlug(slug) else {
            throw Refusal(
                .invalid, "'\(slug)' is no name for a provider: use 3 to 40 of a-z, 0-9 and '-', with a letter first.")
        }
        let tenant = Tenant(id: TenantID(slug), kind: .provider, name: name)
        try await directory.change(context) { transaction throws(Refusal) in
            let key = RowKey("platform_tenants", [("tenant", .text(slug))])
            guard try transaction.get(key) == nil else {
                throw Refusal(.alreadyExists, "There is already a tenant '\(slug)'.")
            }
            try tenant.insert(in: transaction)
            try transaction.record(
                Change(.tenantCreated, space: slug, key: slug, after: JSON.object(["name": .string(name)]).bytes))
        }
        try await load(context)
        return tenant
    }

    func change<T: Sendable>(
        _ context: OperationContext, _ body: @escaping @Sendable (any Transaction) throws(Refusal) -> T
    ) async throws(Refusal) -> T {
        try await directory.change(context, body)
    }

    private static func isSlug(_ slug: String) -> Bool {
        let bytes = Array(slug.utf8)
        guard (3...40).contains(bytes.count), let first = bytes.first, (97...122).contains(first) else { return false }
        return bytes.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 45 }
    }
}
