import Storage

/// When subscriptions that go by the clock are due.
struct Timetable: Sendable {
    private var due: [SubscriptionKey: Instant] = [:]
    private(set) var earliest: Instant?

    /// Takes up subscriptions that are new and drops those that are gone.
    mutating func follow(_ catalogue: SubscriptionCatalogue, _ last: (SubscriptionKey) -> Instant?) {
        let wanted = catalogue.subscriptions.values.filter { $0.timeInterval != nil && $0.record.isActive }
        var fresh: [SubscriptionKey: Instant] = [:]
        for subscription in wanted {
            guard let seconds = subscription.timeInterval else { continue }
            let start = last(subscription.key) ?? subscription.record.modifiedAt
            let planned = start.advanced(bySeconds: seconds)
            fresh[subscription.key] = min(due[subscription.key] ?? planned, planned)
        }
        due = fresh
        earliest = due.values.min()
    }

    /// Takes what is due; each is due again after its interval.
    mutating func take(at now: Instant, _ catalogue: SubscriptionCatalogue) -> [Subscription] {
        guard let earliest, earliest <= now else { return [] }
        var taken: [Subscription] = []
        for (key, time) in due where time <= now {
            guard let subscription = catalogue.subscriptions[key], let seconds = subscription.timeInterval else {
                due[key] = nil
                continue
            }
            due[key] = now.advanced(bySeconds: seconds)
            if subscription.isLive(at: now) { taken.append(subscription) }
        }
        self.earliest = due.values.min()
        return taken
    }
}
