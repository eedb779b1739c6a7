import Storage

/// Finds out who sends a request.
public protocol RequestAuthenticator: Sendable {
    /// The holder of an API key (`Authorization: Bearer KEY`); `nil` if no such key is valid.
    func actor(bearingKey key: String) async throws(Refusal) -> Actor?
    /// The person of a session cookie; `nil` if the session ended.
    func session(token: String) async throws(Refusal) -> SignedIn?
}

/// A person with a session.
public struct SignedIn: Sendable {
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
    public func session(token: String) async throws(Refusal) -> SignedIn? { nil }
}
