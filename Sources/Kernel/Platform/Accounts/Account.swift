import Storage

/// A person's account in one tenant: an officer of the prefecture, of a municipality, or of a provider.
public struct Account: Sendable, Hashable {
    public enum State: String, Sendable { case active, disabled }

    /// Opaque; `officer:ID` is its actor.
    public var id: String
    public var tenant: TenantID
    /// The name for signing in, folded; unique in the installation.
    public var login: String
    public var displayName: String
    public var state: State
    public var createdAt: Instant

    public var actorID: String { "officer:\(id)" }

    init(row: Row) {
        id = row.text("id")
        tenant = TenantID(row.text("tenant"))
        login = row.text("login")
        displayName = row.text("display_name")
        state = State(rawValue: row.text("state")) ?? .disabled
        createdAt = row.instant("created")
    }

    init(id: String, tenant: TenantID, login: String, displayName: String, createdAt: Instant) {
        self.id = id
        self.tenant = tenant
        self.login = login
        self.displayName = displayName
        self.state = .active
        self.createdAt = createdAt
    }
}

extension Account {
    static func id(ofActor actorID: String) -> String? {
        actorID.hasPrefix("officer:") ? String(actorID.dropFirst("officer:".count)) : nil
    }

    static func key(_ id: String, of tenant: TenantID) -> RowKey {
        RowKey("platform_accounts", [("tenant", .text(tenant.rawValue)), ("id", .text(id))])
    }

    static func require(_ id: String, of tenant: TenantID, in reader: any Reader) throws(Refusal) {
        guard try reader.get(key(id, of: tenant)) != nil else {
            throw Refusal(.notFound, "The tenant '\(tenant)' has no account '\(id)'.")
        }
    }

    /// Lower case without spaces round it: 3 to 254 letters without spaces inside.
    static func foldedLogin(_ login: String) throws(Refusal) -> String {
        var letters = Substring(login)
        while letters.first?.isWhitespace == true { letters.removeFirst() }
        while letters.last?.isWhitespace == true { letters.removeLast() }
        let folded = letters.lowercased()
        guard (3...254).contains(folded.count), !folded.contains(where: { $0.isWhitespace || $0.isNewline }) else {
            throw Refusal(.invalid, "A sign-in name has 3 to 254 letters and no spaces; an e-mail address is good.")
        }
        return folded
    }
}

/// What is needed for a new account.
public struct NewAccount: Sendable {
    public var tenant: TenantID
    public var login: String
    public var displayName: String
    public var password: String
    /// Roles for the whole tenant, without end.
    public var roles: [Role]

    public init(tenant: TenantID, login: String, displayName: String, password: String, roles: [Role] = []) {
        self.tenant = tenant
        self.login = login
        self.displayName = displayName
        self.password = password
        self.roles = roles
    }
}
