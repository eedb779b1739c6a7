import Storage

/// An open session as its own person sees it.
public struct OpenSession: Sendable, Hashable {
    /// Names it among the sessions of the account; opens nothing.
    public var id: String
    public var createdAt: Instant
    public var lastSeen: Instant
    /// When it ends in any case.
    public var expires: Instant
    /// Whether the request that asks belongs to it.
    public var isCurrent: Bool
}

extension SignIns {
    /// The open sessions of the actor's account, the newest first.
    /// - Parameter current: the token of the session that asks.
    public func sessions(_ context: OperationContext, current: String?) async throws(Refusal) -> [OpenSession] {
        let (tenant, account) = try Self.person(context)
        let digest = current.map(SecretToken.digest)
        let rows = try await directory.rows(
            context, "SELECT * FROM platform_sessions WHERE tenant = ? AND account = ? ORDER BY created DESC",
            [.text(tenant.rawValue), .text(account)])
        return rows.filter { isOpen($0, at: context.now) }.map { row in
            OpenSession(
                id: Self.id(row), createdAt: row.instant("created"), lastSeen: row.instant("last_seen"),
                expires: row.instant("expires"), isCurrent: row.text("token_digest") == digest)
        }
    }

    /// Ends one of the actor's own sessions. Refuses with `notFound` if the account has no such session.
    public func end(_ context: OperationContext, sessionID: String) async throws(Refusal) {
        let (tenant, account) = try Self.person(context)
        let ended = try await directory.database.write(context) { transaction throws(Refusal) in
            let rows = try transaction.rows(
                "SELECT * FROM platform_sessions WHERE tenant = ? AND account = ?",
                [.text(tenant.rawValue), .text(account)])
            guard let row = rows.first(where: { Self.id($0) == sessionID }) else {
                throw Refusal(.notFound, "There is no such session; it may have ended already.")
            }
            let digest = row.text("token_digest")
            try transaction.execute("DELETE FROM platform_sessions WHERE token_digest = ?", [.text(digest)])
            try transaction.audit(AuditEvent(.signedOut, subject: account))
            return digest
        }
        authenticator.forgetSession(ended)
    }

    private func isOpen(_ row: Row, at now: Instant) -> Bool {
        now < row.instant("expires") && now.seconds(since: row.instant("last_seen")) < lifetime.idleSeconds
    }

    private static func id(_ row: Row) -> String { String(row.text("token_digest").prefix(16)) }

    private static func person(_ context: OperationContext) throws(Refusal) -> (TenantID, String) {
        guard let tenant = context.actor.tenant, let account = Account.id(ofActor: context.actor.id) else {
            throw Refusal(.unauthenticated, "Sign in first: only people have sessions.")
        }
        return (tenant, account)
    }
}
