import Entities
import JSON
import Storage

/// Finds the few subscriptions that a change may concern among many: by space, then by id or type, then by attribute.
struct SubscriptionIndex: Sendable {
    /// The subscriptions of one id or type: those of some attributes, and those of any.
    private struct Bucket: Sendable {
        var byAttribute: [String: Set<SubscriptionKey>] = [:]
        var ofAnyAttribute: Set<SubscriptionKey> = []
        /// Those that want to know of deletions.
        var ofDeletion: Set<SubscriptionKey> = []

        var isEmpty: Bool { byAttribute.isEmpty && ofAnyAttribute.isEmpty && ofDeletion.isEmpty }

        mutating func change(_ subscription: Subscription, _ change: (inout Set<SubscriptionKey>) -> Void) {
            if subscription.triggers.contains(.entityDeleted) { change(&ofDeletion) }
            if subscription.watchedAttributes.isEmpty { return change(&ofAnyAttribute) }
            for name in subscription.watchedAttributes {
                change(&byAttribute[name, default: []])
                if byAttribute[name]?.isEmpty == true { byAttribute[name] = nil }
            }
        }

        func collect(_ change: EntityChangeView, into found: inout Set<SubscriptionKey>) {
            if change.kind == .deleted { return found.formUnion(ofDeletion) }
            found.formUnion(ofAnyAttribute)
            guard !byAttribute.isEmpty else { return }
            for name in change.after.names { if let keys = byAttribute[name] { found.formUnion(keys) } }
            for name in change.before.names where !change.after.contains(name) {
                if let keys = byAttribute[name] { found.formUnion(keys) }
            }
        }
    }

    /// Where a bucket is found.
    private enum Place: Hashable, Sendable {
        case id(space: String, String)
        case type(space: String, String)
        case any(space: String)
    }

    private var buckets: [Place: Bucket] = [:]

    mutating func insert(_ subscription: Subscription) {
        for place in Self.places(subscription) {
            buckets[place, default: Bucket()].change(subscription) { $0.insert(subscription.key) }
        }
    }

    mutating func remove(_ subscription: Subscription) {
        for place in Self.places(subscription) {
            buckets[place]?.change(subscription) { $0.remove(subscription.key) }
            if buckets[place]?.isEmpty == true { buckets[place] = nil }
        }
    }

    /// What may be concerned; the subscription itself decides.
    func candidates(_ change: EntityChangeView) -> Set<SubscriptionKey> {
        var found: Set<SubscriptionKey> = []
        if buckets.isEmpty { return found }
        buckets[.any(space: change.space)]?.collect(change, into: &found)
        buckets[.id(space: change.space, change.id)]?.collect(change, into: &found)
        for type in change.types { buckets[.type(space: change.space, type)]?.collect(change, into: &found) }
        return found
    }

    private static func places(_ subscription: Subscription) -> Set<Place> {
        let space = subscription.key.space
        guard !subscription.query.selectors.isEmpty else { return [.any(space: space)] }
        var places: Set<Place> = []
        for selector in subscription.query.selectors {
            // NGSIv2 clients see some ids otherwise than they are stored.
            if !selector.ids.isEmpty, !selector.showsFreeNames {
                places.formUnion(selector.ids.map { .id(space: space, $0) })
            } else if let types = selector.types?.covering {
                places.formUnion(types.map { .type(space: space, $0) })
            } else {
                places.insert(.any(space: space))
            }
        }
        return places
    }
}
