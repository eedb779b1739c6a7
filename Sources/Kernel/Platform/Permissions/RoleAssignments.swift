import JSON
import Storage

/// Grants and ends roles, and names deputies.
public struct RoleAssignments: Sendable {
    let directory: Directory
    let checker: PermissionChecker

    /// Gives an account a role in its tenant, or in one unit of it, for a term.
    public func grant(
        _ context: OperationContext, _ role: Role, to account: Account, unitID: String? = nil, term: Term = .unlimited
    ) async throws(Refusal) -> RoleAssignment {
        try checker.require(.manageRoles, for: account.tenant, context)
        try checker.requireHolding(role, context)
        try term.check()
        let assignment = RoleAssignment(
            id: SecretToken.random(12), tenant: account.tenant, accountID: account.id, role: role, unitID: unitID,
            term: term)
        try await directory.change(context) { transaction throws(Refusal) in
            try Account.require(account.id, of: account.tenant, in: transaction)
            if let unitID { try OrganizationUnit.require(unitID, of: account.tenant, in: transaction) }
            try assignment.insert(in: transaction)
        }
        return assignment
    }

    /// Ends an assignment now. Ending one that has ended changes nothing.
    public func end(_ context: OperationContext, assignmentID: String, of tenant: TenantID) async throws(Refusal) {
        try checker.require(.manageRoles, for: tenant, context)
        let key = RowKey(
            "platform_role_assignments", [("tenant", .text(tenant.rawValue)), ("id", .text(assignmentID))])
        try await directory.change(context) { transaction throws(Refusal) in
            guard let row = try transaction.get(key) else {
                throw Refusal(.notFound, "The tenant '\(tenant)' has no role assignment '\(assignmentID)'.")
            }
            if let ends = Term(row: row).ends, ends <= transaction.context.now { return }
            try transaction.execute(
                "UPDATE platform_role_assignments SET ends = ? WHERE tenant = ? AND id = ?",
                [.instant(transaction.context.now), .text(tenant.rawValue), .text(assignmentID)])
            try transaction.audit(AuditEvent(.roleEnded, subject: row.text("account")))
        }
    }

    /// The assignments of an account, past and future ones included.
    public func list(_ context: OperationContext, of account: Account) async throws(Refusal) -> [RoleAssignment] {
        try checker.require(.manageRoles, for: account.tenant, context)
        let rows = try await directory.rows(
            context, "SELECT * FROM platform_role_assignments WHERE tenant = ? AND account = ? ORDER BY created, id",
            [.text(account.tenant.rawValue), .text(account.id)])
        return rows.map(RoleAssignment.init(row:))
    }
}

extension RoleAssignment {
    func insert(in transaction: any Transaction) throws(Refusal) {
        try transaction.execute(
            """
            INSERT INTO platform_role_assignments (tenant, id, account, role, unit, starts, ends, created)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                .text(tenant.rawValue), .text(id), .text(accountID), .text(role.rawValue), .optional(unitID),
                .optional(term.starts), .optional(term.ends), .instant(transaction.context.now),
            ])
        let detail: JSON = ["role": .string(role.rawValue), "unit": JSON(unitID)]
        try transaction.audit(AuditEvent(.roleGranted, subject: accountID, detail: detail.bytes))
    }
}
