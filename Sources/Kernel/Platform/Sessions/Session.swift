import Crypto
import Storage

/// How long a session lasts.
public struct SessionLifetime: Sendable, Hashable {
    /// Seconds without a request after which it ends.
    public var idleSeconds: Double
    /// Seconds after which it ends in any case.
    public var absoluteSeconds: Double

    public init(idleSeconds: Double = 2 * 3_600, absoluteSeconds: Double = 12 * 3_600) {
        self.idleSeconds = idleSeconds
        self.absoluteSeconds = absoluteSeconds
    }
}

/// A signed-in browser. The token is known to it alone; Higo keeps its digest.
struct Session: Sendable {
    var tokenDigest: String
    var tenant: TenantID
    var accountID: String
    var lastSeen: Instant
    var expires: Instant

    init(row: Row) {
        tokenDigest = row.text("token_digest")
        tenant = TenantID(row.text("tenant"))
        accountID = row.text("account")
        lastSeen = row.instant("last_seen")
        expires = row.instant("expires")
    }

    static func key(_ tokenDigest: String) -> RowKey {
        RowKey("platform_sessions", [("token_digest", .text(tokenDigest))])
    }

    static func insert(
        tokenDigest: String, for account: Account, _ lifetime: SessionLifetime, in transaction: any Transaction
    ) throws(Refusal) {
        let now = transaction.context.now
        try transaction.execute(
            """
            INSERT INTO platform_sessions (token_digest, tenant, account, created, last_seen, expires)
            VALUES (?, ?, ?, ?, ?, ?)
            """,
            [
                .text(tokenDigest), .text(account.tenant.rawValue), .text(account.id), .instant(now), .instant(now),
                .instant(now.advanced(bySeconds: lifetime.absoluteSeconds)),
            ])
    }

    static func endAll(of account: Account, in transaction: any Transaction) throws(Refusal) {
        try transaction.execute(
            "DELETE FROM platform_sessions WHERE tenant = ? AND account = ?",
            [.text(account.tenant.rawValue), .text(account.id)])
    }
}

/// The token that every form of a session carries: made from the session's own token, so that it needs no row.
package enum FormToken {
    package static func of(sessionToken: String) -> String {
        let key = SymmetricKey(data: Array(sessionToken.utf8))
        return HMAC<SHA256>.authenticationCode(for: Array("form".utf8), using: key).hexadecimal
    }
}
