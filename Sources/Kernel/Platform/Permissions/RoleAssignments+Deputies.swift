import JSON
import Storage

extension RoleAssignments {
    /// Lets another account of the same tenant hold an assignment's role for a term, while the assignment holds.
    public func nameDeputy(
        _ context: OperationContext, _ account: Account, for assignment: RoleAssignment, term: Term
    ) async throws(Refusal) -> Deputy {
        try checker.require(.manageRoles, for: assignment.tenant, context)
        try term.check()
        guard account.tenant == assignment.tenant, account.id != assignment.accountID else {
            throw Refusal(.invalid, "A deputy must be another account of the same tenant.")
        }
        let deputy = Deputy(
            id: SecretToken.random(12), tenant: account.tenant, assignmentID: assignment.id, accountID: account.id,
            term: term)
        try await directory.change(context) { transaction throws(Refusal) in
            let key = RowKey(
                "platform_role_assignments", [("tenant", .text(deputy.tenant.rawValue)), ("id", .text(assignment.id))])
            guard try transaction.get(key) != nil else {
                throw Refusal(.notFound, "The tenant '\(deputy.tenant)' has no role assignment '\(assignment.id)'.")
            }
            try Account.require(deputy.accountID, of: deputy.tenant, in: transaction)
            try deputy.insert(in: transaction)
        }
        return deputy
    }

    /// Ends a deputy's term now.
    public func endDeputy(_ context: OperationContext, deputyID: String, of tenant: TenantID) async throws(Refusal) {
        try checker.require(.manageRoles, for: tenant, context)
        let key = RowKey("platform_deputies", [("tenant", .text(tenant.rawValue)), ("id", .text(deputyID))])
        try await directory.change(context) { transaction throws(Refusal) in
            guard let row = try transaction.get(key) else {
                throw Refusal(.notFound, "The tenant '\(tenant)' has no deputy '\(deputyID)'.")
            }
            if let ends = Term(row: row).ends, ends <= transaction.context.now { return }
            try transaction.execute(
                "UPDATE platform_deputies SET ends = ? WHERE tenant = ? AND id = ?",
                [.instant(transaction.context.now), .text(tenant.rawValue), .text(deputyID)])
            try transaction.audit(AuditEvent(.deputyEnded, subject: row.text("account")))
        }
    }
}

extension Deputy {
    func insert(in transaction: any Transaction) throws(Refusal) {
        try transaction.execute(
            """
            INSERT INTO platform_deputies (tenant, id, assignment, account, starts, ends, created)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """,
            [
                .text(tenant.rawValue), .text(id), .text(assignmentID), .text(accountID), .optional(term.starts),
                .optional(term.ends), .instant(transaction.context.now),
            ])
        let detail: JSON = ["assignment": .string(assignmentID)]
        try transaction.audit(AuditEvent(.deputyNamed, subject: accountID, detail: detail.bytes))
    }
}
