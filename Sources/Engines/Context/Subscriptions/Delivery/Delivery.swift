import Entities
import Storage

/// A notification on its way.
struct Delivery: Sendable {
    var subscription: Subscription
    var entities: [NotifiedEntity]
    /// The change in the log that it tells of; nil: it follows from none, or from several that are held.
    var position: LogPosition?
    /// The entities whose hold ends when it has arrived or was put aside.
    var held: [String] = []

    /// Roughly what it takes in memory.
    var bytes: Int { entities.reduce(512) { $0 + $1.entity.document.count } }

    /// Those of one subscription and entity go one after another; where one may tell of several entities, all of the
    /// subscription do.
    func lane(of count: Int) -> Int {
        var hash = ChangeLog.shard(of: subscription.key.id)
        if subscription.tellsOfOne { hash = hash &* 31 &+ ChangeLog.shard(of: entities.first?.entity.id ?? "") }
        return hash % max(count, 1)
    }
}

/// Why a notification did not arrive.
struct DeliveryFailure: Error, Sendable, Hashable {
    var reason: String
    /// The HTTP status of the answer, if there was one.
    var status: Int?
    /// Whether another try would end the same: the receiver has understood and refused.
    var isFinal = false
}
