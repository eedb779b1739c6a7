import Storage

/// A notification that failed too often and waits for people.
public struct ParkedNotification: Sendable, Hashable {
    public var number: Int64
    public var subscription: SubscriptionKey
    /// The entities that it is about.
    public var entities: [String]
    public var request: RenderedNotification
    public var parkedAt: Instant
    public var tries: Int
    public var error: String
}
