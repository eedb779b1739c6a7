import Entities
import JSON
import Storage

/// An entity that a notification is about, as it was after the change.
public struct NotifiedEntity: Sendable {
    /// After the change; before it if the entity was deleted.
    public var entity: StoredEntity
    /// The change in the log; nil where a notification is sent without one (`timeInterval`, or after throttling).
    public var change: EntityChangeView?
    /// When the entity was deleted, if it was.
    public var deletedAt: Instant?

    public init(entity: StoredEntity, change: EntityChangeView? = nil, deletedAt: Instant? = nil) {
        self.entity = entity
        self.change = change
        self.deletedAt = deletedAt
    }
}

/// A notification ready to be sent.
public struct RenderedNotification: Sendable, Hashable {
    /// `POST` unless a subscription says otherwise; of no meaning for MQTT.
    public var method: String
    /// Of MQTT: broker and topic.
    public var url: String
    public var headers: [Header]
    public var body: [UInt8]

    public struct Header: Sendable, Hashable {
        public var name: String
        public var value: String

        public init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    public init(method: String = "POST", url: String, headers: [Header], body: [UInt8]) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
    }
}

/// Draws notifications in the form of one protocol.
public protocol NotificationRenderer: Sendable {
    /// Throws what makes the notification impossible: it is then parked, not tried again.
    func render(
        _ subscription: Subscription, _ entities: [NotifiedEntity], at now: Instant
    ) async throws -> RenderedNotification
}

/// What one protocol says of its subscriptions: how their source is to be read, and how their notifications look.
public struct SubscriptionDialect: Sendable {
    public var name: SubscriptionProtocol
    /// The meaning of a record. Refuses with `invalid`, with a fault for each thing that is wrong; pure, so that it reads
    /// the same on every node.
    public var read: @Sendable (SubscriptionRecord) throws(Refusal) -> Subscription
    public var renderer: any NotificationRenderer

    public init(
        _ name: SubscriptionProtocol, renderer: any NotificationRenderer,
        read: @escaping @Sendable (SubscriptionRecord) throws(Refusal) -> Subscription
    ) {
        self.name = name
        self.read = read
        self.renderer = renderer
    }
}

/// The protocols that a broker speaks.
public struct SubscriptionDialects: Sendable {
    private let all: [SubscriptionProtocol: SubscriptionDialect]

    public init(_ dialects: [SubscriptionDialect]) {
        all = Dictionary(dialects.map { ($0.name, $0) }, uniquingKeysWith: { _, last in last })
    }

    func read(_ record: SubscriptionRecord) throws(Refusal) -> Subscription {
        guard let dialect = all[record.dialect] else {
            throw Refusal(.notImplemented, "Subscriptions of '\(record.dialect.rawValue)' are not known here.")
        }
        return try dialect.read(record)
    }

    func renderer(_ subscription: Subscription) -> (any NotificationRenderer)? {
        all[subscription.record.dialect]?.renderer
    }
}
