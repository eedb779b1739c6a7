import Storage

/// A person whose session was recognised.
public struct SignedInPerson: Sendable, Hashable {
    public var actor: Actor
    public var accountID: String
    public var displayName: String
    public var tenant: TenantID
    /// Goes into every form of the session and is compared on every POST.
    public var formToken: String
}

/// Says who sent a request. What it found lately it keeps in memory, so that most requests read nothing for it.
///
/// Rights that change here hold at once; rights changed by another process hold when `DirectoryVersion.look` has been
/// called, every second. A session ended by another process ends within five seconds.
public final class Authenticator: Sendable {
    private static let sessionRereadSeconds = 5.0
    private static let keyRereadSeconds = 60.0

    private let directory: Directory
    private let catalogue: PermissionCatalogue
    private let lifetime: SessionLifetime
    private let usage: UsageLedger
    private let keys = VersionedCache<APIKey>(capacity: 10_000)
    private let sessions = VersionedCache<(session: Session, person: SignedInPerson)>(capacity: 10_000)

    init(directory: Directory, catalogue: PermissionCatalogue, lifetime: SessionLifetime, usage: UsageLedger) {
        self.directory = directory
        self.catalogue = catalogue
        self.lifetime = lifetime
        self.usage = usage
    }

    /// The actor of an API key. Refuses with `unauthenticated` if it is unknown, revoked or expired.
    /// - Parameter context: gives clock and logger; its actor does not matter.
    public func actor(_ context: OperationContext, bearer text: String) async throws(Refusal) -> Actor {
        guard APIKey.Text.isWellFormed(text) else {
            throw Refusal(.unauthenticated, "This is no API key of Higo: send the key as it was printed.")
        }
        let (digest, now) = (SecretToken.digest(text), context.now)
        guard let key = try await key(context, digest), key.isUsable(at: now) else {
            throw Refusal(.unauthenticated, "The API key is unknown, revoked or expired. Ask for a new one.")
        }
        usage.sawKey(digest, at: now)
        return key.actor
    }

    private func key(_ context: OperationContext, _ digest: String) async throws(Refusal) -> APIKey? {
        let version = directory.version.current
        if let key = keys.value(digest, version: version, at: context.now) { return key }
        guard let row = try await directory.database.get(context, APIKey.key(digest)) else { return nil }
        let key = APIKey(row: row)
        keys.keep(key, for: digest, version: version, until: context.now.advanced(bySeconds: Self.keyRereadSeconds))
        return key
    }

    /// The person of a session's token; `nil` if the session is unknown, has ended, or its account is disabled.
    public func person(_ context: OperationContext, session token: String) async throws(Refusal) -> SignedInPerson? {
        guard token.utf8.count == 43 else { return nil }
        let (digest, now) = (SecretToken.digest(token), context.now)
        let version = directory.version.current
        if let (session, person) = sessions.value(digest, version: version, at: now) {
            return isOpen(session, at: now) ? seen(person, digest, at: now) : nil
        }
        guard let row = try await directory.database.get(context, Session.key(digest)) else { return nil }
        let session = Session(row: row)
        guard isOpen(session, at: now) else { return nil }
        guard let (person, validUntil) = try await read(context, session, token) else { return nil }
        let reread = now.advanced(bySeconds: Self.sessionRereadSeconds)
        let until = validUntil.map { min($0, reread) } ?? reread
        sessions.keep((session, person), for: digest, version: version, until: until)
        return seen(person, digest, at: now)
    }

    private func seen(_ person: SignedInPerson, _ digest: String, at now: Instant) -> SignedInPerson {
        usage.sawSession(digest, at: now)
        return person
    }

    private func isOpen(_ session: Session, at now: Instant) -> Bool {
        let seen = max(session.lastSeen, usage.lastSeen(ofSession: session.tokenDigest) ?? session.lastSeen)
        return now < session.expires && now.seconds(since: seen) < lifetime.idleSeconds
    }

    private func read(
        _ context: OperationContext, _ session: Session, _ token: String
    ) async throws(Refusal) -> (SignedInPerson, validUntil: Instant?)? {
        let (catalogue, now) = (catalogue, context.now)
        let found = try await directory.database.query(context) {
            reader throws(Refusal) -> (Account, AccountRights)? in
            guard let row = try reader.get(Account.key(session.accountID, of: session.tenant)) else { return nil }
            let rights = try AccountRights.read(
                tenant: session.tenant, accountID: session.accountID, catalogue: catalogue, at: now, reader)
            return (Account(row: row), rights)
        }
        guard let (account, rights) = found, account.state == .active else { return nil }
        let actor = Actor(
            id: account.actorID, kind: .officer, tenant: account.tenant, permissions: rights.permissions)
        let person = SignedInPerson(
            actor: actor, accountID: account.id, displayName: account.displayName, tenant: account.tenant,
            formToken: FormToken.of(sessionToken: token))
        return (person, rights.validUntil)
    }

    func forgetSession(_ digest: String) { sessions.forget(digest) }
}
