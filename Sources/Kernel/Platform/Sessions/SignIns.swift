import JSON
import Storage

/// A new session: the token goes into the cookie and is kept nowhere else.
public struct SignedIn: Sendable {
    public var token: String
    public var account: Account
    /// When the session ends in any case.
    public var expires: Instant
}

/// Signs people in and out.
public struct SignIns: Sendable {
    let directory: Directory
    let hasher: PasswordHasher
    let authenticator: Authenticator
    let lifetime: SessionLifetime

    /// Makes a session, always under a new token; `replacing` is the token that the browser had before.
    ///
    /// Refuses with `unauthenticated` for a wrong name, a wrong password and a disabled account alike, and with
    /// `tooManyRequests` after too many tries.
    /// - Parameter address: the client's network address.
    public func signIn(
        _ context: OperationContext, login: String, password: String, address: String, replacing old: String? = nil
    ) async throws(Refusal) -> SignedIn {
        let wrong = Refusal(.unauthenticated, "The name or the password is wrong.")
        guard let login = try? Account.foldedLogin(login), password.utf8.count <= PasswordPolicy.maximumBytes else {
            throw wrong
        }
        let subjects = SignInThrottle.subjects(login: login, address: address)
        let row = try await directory.database.write(context) { transaction throws(Refusal) in
            try SignInThrottle.take(subjects, in: transaction)
            return try transaction.row("SELECT * FROM platform_accounts WHERE login = ?", [.text(login)])
        }
        let matches = try await hasher.verify(password, against: row?.optionalText("password_hash"))
        guard matches, let account = row.map(Account.init(row:)), account.state == .active else {
            try await recordRefusal(context, of: row.map(Account.init(row:)))
            throw wrong
        }
        return try await open(context, account, subjects, replacing: old)
    }

    private func open(
        _ context: OperationContext, _ account: Account, _ subjects: [SignInThrottle.Subject], replacing old: String?
    ) async throws(Refusal) -> SignedIn {
        let token = SecretToken.random(43)
        let (digest, oldDigest, lifetime) = (SecretToken.digest(token), old.map(SecretToken.digest), lifetime)
        try await directory.database.write(own(context, account)) { transaction throws(Refusal) in
            // The account may have been disabled while its password was being compared.
            guard try transaction.get(Account.key(account.id, of: account.tenant))?.text("state") == "active" else {
                throw Refusal(.unauthenticated, "The name or the password is wrong.")
            }
            try SignInThrottle.clear(subjects, in: transaction)
            if let oldDigest { try Self.delete(oldDigest, in: transaction) }
            try Session.insert(tokenDigest: digest, for: account, lifetime, in: transaction)
            try transaction.audit(AuditEvent(.signedIn, subject: account.id))
        }
        if let oldDigest { authenticator.forgetSession(oldDigest) }
        return SignedIn(
            token: token, account: account, expires: context.now.advanced(bySeconds: lifetime.absoluteSeconds))
    }

    /// Ends a session. An unknown token is as good as ended.
    public func signOut(_ context: OperationContext, token: String) async throws(Refusal) {
        let digest = SecretToken.digest(token)
        try await directory.database.write(context) { transaction throws(Refusal) in
            guard let row = try transaction.get(Session.key(digest)) else { return }
            try Self.delete(digest, in: transaction)
            try transaction.audit(AuditEvent(.signedOut, subject: row.text("account")))
        }
        authenticator.forgetSession(digest)
    }

    private static func delete(_ digest: String, in transaction: any Transaction) throws(Refusal) {
        try transaction.execute("DELETE FROM platform_sessions WHERE token_digest = ?", [.text(digest)])
    }

    private func recordRefusal(_ context: OperationContext, of account: Account?) async throws(Refusal) {
        let context = account.map { own(context, $0) } ?? context
        try await directory.database.write(context) { transaction throws(Refusal) in
            try transaction.audit(AuditEvent(.signInRefused, subject: account?.id ?? "unknown"))
        }
    }

    /// The audit names the account as the one who acted, in its own tenant.
    private func own(_ context: OperationContext, _ account: Account) -> OperationContext {
        var own = context
        own.actor = Actor(id: account.actorID, kind: .officer, tenant: account.tenant)
        own.tenant = account.tenant
        return own
    }
}
