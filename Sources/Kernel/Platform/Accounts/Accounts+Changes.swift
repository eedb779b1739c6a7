import Storage

extension Accounts {
    /// Ends the account's sessions and lets nobody sign in with it.
    public func disable(_ context: OperationContext, _ account: Account) async throws(Refusal) {
        try await setState(context, account, .disabled, .accountDisabled)
    }

    public func enable(_ context: OperationContext, _ account: Account) async throws(Refusal) {
        try await setState(context, account, .active, .accountEnabled)
    }

    private func setState(
        _ context: OperationContext, _ account: Account, _ state: Account.State, _ action: AuditAction
    ) async throws(Refusal) {
        try checker.require(.manageAccounts, for: account.tenant, context)
        try await directory.change(context) { transaction throws(Refusal) in
            try Account.require(account.id, of: account.tenant, in: transaction)
            try transaction.execute(
                "UPDATE platform_accounts SET state = ? WHERE tenant = ? AND id = ?",
                [.text(state.rawValue), .text(account.tenant.rawValue), .text(account.id)])
            if state == .disabled { try Session.endAll(of: account, in: transaction) }
            try transaction.audit(AuditEvent(action, subject: account.id))
        }
    }

    /// Sets a new password and ends the account's sessions. People set their own; for others it takes a permission.
    public func setPassword(
        _ context: OperationContext, _ account: Account, _ password: String
    ) async throws(Refusal) {
        if context.actor.id != account.actorID {
            try checker.require(.manageAccounts, for: account.tenant, context)
        }
        try PasswordPolicy.check(password, login: account.login)
        let hash = try await hasher.hash(password)
        try await directory.change(context) { transaction throws(Refusal) in
            try Account.require(account.id, of: account.tenant, in: transaction)
            try transaction.execute(
                "UPDATE platform_accounts SET password_hash = ?, password_changed = ? WHERE tenant = ? AND id = ?",
                [
                    .text(hash), .instant(transaction.context.now), .text(account.tenant.rawValue), .text(account.id),
                ])
            try Session.endAll(of: account, in: transaction)
            try transaction.audit(AuditEvent(.passwordChanged, subject: account.id))
        }
    }
}
