import JSON

/// What came of asking for a remote context.
public enum ContextFetch: Sendable {
    /// The document, and its size in bytes.
    case document(JSON, ContextFreshness, bytes: Int)
    /// It is still what it was (304).
    case unchanged(ContextFreshness)
    /// The server says that it has no such context, or what it has is none.
    case refused(reason: String)
    /// No answer came, or one that says nothing about the context.
    case unreachable(reason: String)
}

/// A remote context in the cache. Times are seconds since 1970.
public struct CachedContext: Sendable {
    public let address: String
    public let json: JSON
    public let freshness: ContextFreshness
    public let bytes: Int
    /// When the document came first.
    public let createdAt: Int64
    /// Until when it is used without asking again.
    public let expiresAt: Int64

    /// A context that was kept outside the cache, to be restored.
    public init(
        address: String, json: JSON, freshness: ContextFreshness, bytes: Int, createdAt: Int64, expiresAt: Int64
    ) {
        self.address = address
        self.json = json
        self.freshness = freshness
        self.bytes = bytes
        self.createdAt = createdAt
        self.expiresAt = expiresAt
    }
}

/// How much a ``ContextCache`` keeps, and how long. Times are in seconds.
public struct ContextCacheLimits: Sendable, Hashable {
    public var documents: Int
    public var bytes: Int
    /// How long a failure is remembered.
    public var failure: Int64
    /// How long after its expiry a context still stands in for one that cannot be reached.
    public var stale: Int64

    public init(documents: Int = 512, bytes: Int = 64 << 20, failure: Int64 = 30, stale: Int64 = 86_400) {
        self.documents = documents
        self.bytes = bytes
        self.failure = failure
        self.stale = stale
    }
}
