import Entities
import Storage

/// A subscription ready for matching: the meaning of a `SubscriptionRecord`, the same for both protocols. All names are
/// in stored form.
public struct Subscription: Sendable {
    public var record: SubscriptionRecord
    /// Which entities: selectors, `q`, geo query and scopes, in the record's space.
    public let query: EntityQuery
    /// Only changes of these attributes; empty: of any.
    public var watchedAttributes: [String]
    public var triggers: Set<NotificationTrigger>
    /// Seconds between notifications that are sent whether or not something changed.
    public var timeInterval: Double?
    /// Seconds that two notifications are apart at least; what changes meanwhile goes out together, as it is then.
    public var throttling: Double?
    public var endpoint: NotificationEndpoint
    /// Whether each entity gets a notification of its own where several are due.
    public var splitsEntities = false
    /// Whether it ends with its first notification (NGSIv2 `oneshot`).
    public var isOneshot = false
    /// After so many failures in a row it is switched off (NGSIv2 `maxFailsLimit`).
    public var mostFailures: Int?
    /// Whether an attribute whose value stays the same has not changed (NGSIv2 `notifyOnMetadataChange` false).
    public var ignoresMetadata = false
    let matcher: EntityMatcher

    /// Refuses with `badRequest` if the query cannot be used.
    public init(
        record: SubscriptionRecord, query: EntityQuery, watchedAttributes: [String] = [],
        triggers: Set<NotificationTrigger> = NotificationTrigger.standard, timeInterval: Double? = nil,
        throttling: Double? = nil, endpoint: NotificationEndpoint
    ) throws(Refusal) {
        self.record = record
        self.query = query
        self.watchedAttributes = watchedAttributes
        self.triggers = triggers
        self.timeInterval = timeInterval
        self.throttling = throttling
        self.endpoint = endpoint
        matcher = try EntityMatcher(query)
    }

    public var key: SubscriptionKey { record.key }

    /// Whether each of its notifications tells of one entity.
    var tellsOfOne: Bool { splitsEntities || (throttling ?? 0) == 0 && timeInterval == nil }

    /// Whether it may send anything at that time.
    func isLive(at now: Instant) -> Bool { record.isActive && record.expiresAt.map { $0 > now } ?? true }
}
