import Platform
import Storage

/// Finds out who sends a request.
public protocol RequestAuthenticator: Sendable {
    /// The holder of an API key (`Authorization: Bearer KEY`); `nil` if no such key is valid.
    func actor(bearingKey key: String) async throws(Refusal) -> Actor?
    /// The person of a session cookie; `nil` if the session ended.
    func session(token: String) async throws(Refusal) -> KnownPerson?
}

/// A person with a session.
public struct KnownPerson: Sendable {
    public var actor: Actor
    public var session: SessionInfo

    public init(actor: Actor, session: SessionInfo) {
        self.actor = actor
        self.session = session
    }
}

/// Knows nobody: for tests and for a server without accounts.
public struct NobodyAuthenticator: RequestAuthenticator {
    public init() {}
    public func actor(bearingKey key: String) async throws(Refusal) -> Actor? { nil }
    public func session(token: String) async throws(Refusal) -> KnownPerson? { nil }
}

/// Asks the platform's accounts and keys.
public struct PlatformAuthenticator: RequestAuthenticator {
    private let authenticator: Authenticator
    private let context: OperationContext

    public init(_ authenticator: Authenticator, clock: any WallClock = SystemClock()) {
        self.authenticator = authenticator
        context = .system("authenticate", clock: clock)
    }

    public func actor(bearingKey key: String) async throws(Refusal) -> Actor? {
        try await authenticator.actor(context, bearer: key)
    }

    public func session(token: String) async throws(Refusal) -> KnownPerson? {
        guard let person = try await authenticator.person(context, session: token) else { return nil }
        return KnownPerson(
            actor: person.actor,
            session: SessionInfo(
                accountID: person.accountID, displayName: person.displayName, tenant: person.tenant,
                formToken: person.formToken))
    }
}
