import Entities
import Storage

/// What goes out by the clock: held changes, and subscriptions with a `timeInterval`.
extension SubscriptionLead {
    /// Sends what was held, as it is now.
    func sendHeld() async throws(Refusal) {
        let now = parts.clock.now()
        for key in throttle.due(at: now) {
            let held = throttle.held[key].map { $0.values.sorted { $0.key.entity < $1.key.entity } } ?? []
            guard let subscription = catalogue.subscriptions[key], subscription.isLive(at: now) else {
                throttle.forget(key)
                ledger.release(held.map(\.key))
                continue
            }
            let entities = try await entities(of: held, for: subscription)
            let gone = Set(held.map(\.key.entity)).subtracting(entities.map(\.entity.id))
            let deliveries = Self.deliveries(subscription, entities, held: true)
            guard deliveries.isEmpty || offer(deliveries, to: subscription.endpoint.uri) else {
                throttle.postpone(key, to: now.advanced(bySeconds: 1))
                continue
            }
            throttle.release(key, every: deliveries.isEmpty ? 0 : subscription.throttling ?? 0, at: now)
            ledger.release(gone.map { HeldEntity.Key(subscription: key, entity: $0) })
        }
    }

    private func entities(
        of held: [HeldEntity], for subscription: Subscription
    ) async throws(Refusal) -> [NotifiedEntity] {
        let (space, ids) = (subscription.key.space, held.filter { $0.deletion == nil }.map(\.key.entity))
        let found = try await parts.database.query(parts.context()) { reader throws(Refusal) in
            try EntityStore.entities(space: space, ids: ids, in: reader)
        }
        return held.compactMap { held in
            if let deletion = held.deletion {
                return NotifiedEntity(
                    deletion, id: held.key.entity, space: space, owner: subscription.record.owner)
            }
            return found[held.key.entity].flatMap { subscription.covers($0) ? NotifiedEntity(entity: $0) : nil }
        }
    }

    private static func deliveries(
        _ subscription: Subscription, _ entities: [NotifiedEntity], held: Bool
    ) -> [Delivery] {
        if entities.isEmpty { return [] }
        let groups = subscription.splitsEntities ? entities.map { [$0] } : [entities]
        return groups.map { group in
            Delivery(
                subscription: subscription, entities: group, held: held ? group.map(\.entity.id) : [])
        }
    }

    private static let entitiesInOne = 1_000

    /// Sends the entities of subscriptions whose interval is over, whether or not they changed (clause 5.8.6).
    func sendTimed() async throws(Refusal) {
        for subscription in timetable.take(at: parts.clock.now(), catalogue) {
            let context = subscription.record.maker.context(parts.context())
            var query = subscription.query
            query.limit = Self.entitiesInOne
            repeat {
                let page = try await parts.entities.query(context, query).entities
                let deliveries = Self.deliveries(subscription, page.map { NotifiedEntity(entity: $0) }, held: false)
                // An endpoint without room gets the next interval's.
                guard !deliveries.isEmpty, offer(deliveries, to: subscription.endpoint.uri) else { break }
                query.after = page.count == Self.entitiesInOne ? page.last?.id : nil
            } while query.after != nil
        }
    }
}
