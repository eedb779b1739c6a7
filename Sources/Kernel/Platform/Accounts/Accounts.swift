import JSON
import Storage

/// Creates, lists, disables and enables accounts, and sets their passwords.
public struct Accounts: Sendable {
    let directory: Directory
    let tenants: Tenants
    let checker: PermissionChecker
    let hasher: PasswordHasher

    public func create(_ context: OperationContext, _ new: NewAccount) async throws(Refusal) -> Account {
        try checker.require(.manageAccounts, for: new.tenant, context)
        if !new.roles.isEmpty { try context.require(.manageRoles) }
        for role in new.roles { try checker.requireHolding(role, context) }
        let login = try Account.foldedLogin(new.login)
        try PasswordPolicy.check(new.password, login: login)
        _ = try await tenants.load(context).require(new.tenant)
        let account = Account(
            id: SecretToken.random(16), tenant: new.tenant, login: login,
            displayName: new.displayName.isEmpty ? login : new.displayName, createdAt: context.now)
        let hash = try await hasher.hash(new.password)
        try await directory.change(context) { transaction throws(Refusal) in
            guard try transaction.row("SELECT id FROM platform_accounts WHERE login = ?", [.text(login)]) == nil else {
                throw Refusal(.alreadyExists, "There is already an account '\(login)'.")
            }
            try account.insert(hash: hash, in: transaction)
            for role in new.roles {
                let id = SecretToken.random(12)
                try RoleAssignment(
                    id: id, tenant: account.tenant, accountID: account.id, role: role, unitID: nil, term: .unlimited
                ).insert(in: transaction)
            }
        }
        return account
    }

    /// The account of a sign-in name, or a refusal.
    public func find(_ context: OperationContext, login: String) async throws(Refusal) -> Account {
        try context.require(.manageAccounts)
        let folded = try Account.foldedLogin(login)
        let rows = try await directory.rows(
            context, "SELECT * FROM platform_accounts WHERE login = ?", [.text(folded)])
        // What lies in another tenant is answered as what does not exist.
        guard let account = rows.first.map(Account.init(row:)), mayManage(account.tenant, context) else {
            throw Refusal(.notFound, "There is no account '\(folded)'.")
        }
        return account
    }

    /// The accounts of a tenant, or of all tenants that the actor may act for, by sign-in name.
    public func list(_ context: OperationContext, of tenant: TenantID? = nil) async throws(Refusal) -> [Account] {
        try context.require(.manageAccounts)
        if let tenant { try context.requireTenant(tenant) }
        let rows = try await directory.rows(context, "SELECT * FROM platform_accounts ORDER BY login")
        return rows.map(Account.init(row:)).filter { account in
            tenant.map { $0 == account.tenant } ?? mayManage(account.tenant, context)
        }
    }

    private func mayManage(_ tenant: TenantID, _ context: OperationContext) -> Bool {
        (try? context.requireTenant(tenant)) != nil
    }
}

extension Account {
    func insert(hash: String, in transaction: any Transaction) throws(Refusal) {
        try transaction.execute(
            """
            INSERT INTO platform_accounts
            (tenant, id, login, display_name, password_hash, state, created, password_changed)
            VALUES (?, ?, ?, ?, ?, 'active', ?, ?)
            """,
            [
                .text(tenant.rawValue), .text(id), .text(login), .text(displayName), .text(hash), .instant(createdAt),
                .instant(createdAt),
            ])
        try transaction.audit(AuditEvent(.accountCreated, subject: id))
    }
}
