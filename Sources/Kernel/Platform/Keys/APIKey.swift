import JSON
import Storage

/// A key with which a machine acts for a tenant. Its text is shown once, at its creation.
public struct APIKey: Sendable, Hashable {
    public var id: String
    public var tenant: TenantID
    public var name: String
    public var permissions: Set<Permission>
    public var createdAt: Instant
    public var expires: Instant?
    public var revoked: Instant?
    /// Written in batches, so up to half a minute old.
    public var lastUsed: Instant?

    public var actor: Actor { Actor(id: "key:\(id)", kind: .key, tenant: tenant, permissions: permissions) }

    public func isUsable(at now: Instant) -> Bool {
        revoked == nil && (expires.map { now < $0 } ?? true)
    }

    init(row: Row) {
        id = row.text("id")
        tenant = TenantID(row.text("tenant"))
        name = row.text("name")
        permissions = Set(row.text("permissions").split(separator: " ").map { Permission(String($0)) })
        createdAt = row.instant("created")
        expires = row.optionalInstant("expires")
        revoked = row.optionalInstant("revoked")
        lastUsed = row.optionalInstant("last_used")
    }

    init(
        id: String, tenant: TenantID, name: String, permissions: Set<Permission>, createdAt: Instant, expires: Instant?
    ) {
        self.id = id
        self.tenant = tenant
        self.name = name
        self.permissions = permissions
        self.createdAt = createdAt
        self.expires = expires
    }
}

extension APIKey {
    /// The text of a key: `higo_`, 32 random letters and digits, and 6 that check them.
    package enum Text {
        static let prefix = "higo_"

        package static func make() -> String {
            let secret = SecretToken.random(32)
            return prefix + secret + SecretToken.checksum(prefix + secret, 6)
        }

        /// Whether a text can be a key at all, seen without the database.
        package static func isWellFormed(_ text: String) -> Bool {
            guard text.hasPrefix(prefix), text.utf8.count == prefix.utf8.count + 38 else { return false }
            return SecretToken.checksum(String(text.dropLast(6)), 6) == text.suffix(6)
        }
    }

    static func key(_ digest: String) -> RowKey { RowKey("platform_api_keys", [("key_digest", .text(digest))]) }

    func insert(digest: String, in transaction: any Transaction) throws(Refusal) {
        let names = permissions.map(\.rawValue).sorted()
        try transaction.execute(
            """
            INSERT INTO platform_api_keys (key_digest, tenant, id, name, permissions, created, created_by, expires)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                .text(digest), .text(tenant.rawValue), .text(id), .text(name), .text(names.joined(separator: " ")),
                .instant(createdAt), .text(transaction.context.actor.id), .optional(expires),
            ])
        let detail: JSON = ["name": .string(name), "permissions": .array(names.map(JSON.string))]
        try transaction.audit(AuditEvent(.keyCreated, subject: id, detail: detail.bytes))
    }
}
