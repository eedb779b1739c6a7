import Storage

/// Creates, lists and revokes API keys.
public struct APIKeys: Sendable {
    let directory: Directory
    let tenants: Tenants
    let checker: PermissionChecker

    /// Makes a key for a tenant.
    /// - Parameter permissions: names as modules declare them; only what the actor holds itself can be given.
    /// - Returns: the key and its text, which cannot be had again.
    public func create(
        _ context: OperationContext, tenant: TenantID, name: String, permissions names: [String],
        expires: Instant? = nil
    ) async throws(Refusal) -> (key: APIKey, text: String) {
        try checker.require(.manageKeys, for: tenant, context)
        _ = try await tenants.load(context).require(tenant)
        let permissions = try checker.catalogue.permissions(named: names)
        try check(context, name: name, permissions, expires)
        let text = APIKey.Text.make()
        let key = APIKey(
            id: SecretToken.random(12), tenant: tenant, name: name, permissions: permissions, createdAt: context.now,
            expires: expires)
        try await directory.change(context) { transaction throws(Refusal) in
            try key.insert(digest: SecretToken.digest(text), in: transaction)
        }
        return (key, text)
    }

    private func check(
        _ context: OperationContext, name: String, _ permissions: Set<Permission>, _ expires: Instant?
    ) throws(Refusal) {
        guard (1...100).contains(name.count) else {
            throw Refusal(.invalid, "A key needs a name of 1 to 100 letters that says what uses it.")
        }
        guard !permissions.isEmpty else { throw Refusal(.invalid, "A key needs at least one permission.") }
        if let expires, expires <= context.now { throw Refusal(.invalid, "The key would expire before it is used.") }
        if let missing = permissions.filter({ !context.actor.holds($0) }).min() {
            throw Refusal(.forbidden, "You cannot give the permission '\(missing)': you do not hold it yourself.")
        }
    }

    /// The keys of a tenant, newest first, revoked and expired ones included.
    public func list(_ context: OperationContext, of tenant: TenantID) async throws(Refusal) -> [APIKey] {
        try checker.require(.manageKeys, for: tenant, context)
        let rows = try await directory.rows(
            context, "SELECT * FROM platform_api_keys WHERE tenant = ? ORDER BY created DESC, id",
            [.text(tenant.rawValue)])
        return rows.map(APIKey.init(row:))
    }

    /// Revokes a key at once. Revoking a revoked one changes nothing.
    public func revoke(_ context: OperationContext, id: String, of tenant: TenantID) async throws(Refusal) {
        try checker.require(.manageKeys, for: tenant, context)
        try await directory.change(context) { transaction throws(Refusal) in
            let arguments: [SQLValue] = [.text(tenant.rawValue), .text(id)]
            let sql = "SELECT * FROM platform_api_keys WHERE tenant = ? AND id = ?"
            guard let key = try transaction.row(sql, arguments).map(APIKey.init(row:)) else {
                throw Refusal(.notFound, "The tenant '\(tenant)' has no key '\(id)'.")
            }
            guard key.revoked == nil else { return }
            try transaction.execute(
                "UPDATE platform_api_keys SET revoked = ? WHERE tenant = ? AND id = ?",
                [.instant(transaction.context.now)] + arguments)
            try transaction.audit(AuditEvent(.keyRevoked, subject: id))
        }
    }
}
