import JSON
import Storage

/// What has become of a subscription's notifications.
public struct SubscriptionState: Sendable, Hashable {
    public var timesSent: Int64 = 0
    public var timesFailed: Int64 = 0
    public var lastNotification: Instant?
    public var lastSuccess: Instant?
    public var lastFailure: Instant?
    /// Why the last failure was one.
    public var lastError: String?
    /// The HTTP status of the last answer.
    public var lastStatus: Int?
    /// Failures since the last success.
    public var failuresInARow: Int64 = 0

    public init() {}

    /// `ok` or `failed` (ETSI GS CIM 009 clause 5.2.14).
    public var isFailing: Bool { failuresInARow > 0 }
}

/// A subscription with what has become of it, as lists and pages show it.
public struct SubscriptionOverview: Sendable {
    public var record: SubscriptionRecord
    public var state: SubscriptionState
    /// Notifications that were put aside after their last try.
    public var parked: Int
}
