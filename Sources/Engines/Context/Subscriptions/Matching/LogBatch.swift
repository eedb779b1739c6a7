import Entities
import Storage

/// Which part of the change log, for whom.
struct LogRange: Sendable {
    var after: LogPosition
    /// The last place that belongs to it; nil: the end of the log.
    var upTo: LogPosition?
    /// Only subscriptions of this endpoint; nil: of all.
    var only: String?
    /// But those of these endpoints, which read for themselves.
    var skipped: Set<String> = []
    /// Whether what the log says of subscriptions changes the catalogue.
    var followsSubscriptions = true
    var mostRows = 1_000

    func wants(_ subscription: Subscription) -> Bool {
        only.map { $0 == subscription.endpoint.uri } ?? !skipped.contains(subscription.endpoint.uri)
    }
}

/// A piece of the change log with what subscriptions make of it. No subscription changes inside it, but at its head.
struct LogBatch: Sendable {
    /// A change that some subscriptions want to hear of.
    struct Match: Sendable {
        var position: LogPosition
        var entity: NotifiedEntity
        var subscriptions: [Subscription]
    }

    /// Where the next piece begins.
    var end: LogPosition
    var matches: [Match] = []
    /// The subscriptions as they are for all of its matches, and at its end.
    var catalogue: SubscriptionCatalogue
    var changedSubscriptions: Set<SubscriptionKey> = []
    /// Whether nothing of the range is left.
    var isLast = false
}
