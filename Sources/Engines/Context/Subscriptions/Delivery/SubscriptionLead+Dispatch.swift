import Entities
import Storage

/// From a match to the queues.
extension SubscriptionLead {
    /// Queues or holds what one change asks for. An endpoint without room falls behind, just before the change.
    func dispatch(_ match: LogBatch.Match, _ catalogue: SubscriptionCatalogue, _ held: inout [HeldEntity]) {
        var deliveries: [String: [Delivery]] = [:]
        for subscription in match.subscriptions where !spent.contains(subscription.key) {
            let uri = subscription.endpoint.uri
            if let lag = lags[uri], lag.position < match.position { continue }
            if let hold = hold(match.entity, subscription) {
                held.append(hold)
                continue
            }
            deliveries[uri, default: []].append(
                Delivery(subscription: subscription, entities: [match.entity], position: match.position))
        }
        for (uri, deliveries) in deliveries {
            if offer(deliveries, to: uri) { continue }
            lags[uri] = Lag(position: match.position.before, catalogue: catalogue.filter { $0.endpoint.uri == uri })
        }
    }

    /// Nil if the notification may go at once.
    private func hold(_ entity: NotifiedEntity, _ subscription: Subscription) -> HeldEntity? {
        guard let seconds = subscription.throttling, seconds > 0 else { return nil }
        let now = parts.clock.now()
        let last = states.state(subscription.key)?.lastNotification
        if throttle.admits(subscription.key, every: seconds, last: last, at: now) { return nil }
        let hold = HeldEntity(subscription.key, entity)
        throttle.hold(hold, at: now)
        return hold
    }

    /// False if the endpoint has no room.
    func offer(_ deliveries: [Delivery], to uri: String) -> Bool {
        let queue = queue(uri)
        guard let started = queue.offer(deliveries) else { return false }
        for delivery in deliveries where delivery.subscription.isOneshot { spent.insert(delivery.subscription.key) }
        if started.isEmpty { return true }
        let lane = DeliveryLane(
            queue: queue, parts: parts, states: states, context: parts.context(),
            onEnd: { [weak self] delivery in await self?.ended(delivery) })
        for number in started { Task { await lane.run(number) } }
        return true
    }

    func queue(_ uri: String) -> EndpointQueue {
        if let queue = queues[uri] { return queue }
        let queue = EndpointQueue(uri: uri, lanes: parts.lanes) { [bell] in bell.ring() }
        queues[uri] = queue
        ledger.add(queue)
        return queue
    }

    /// Queues of endpoints that nobody names any more.
    func dropIdleQueues() {
        guard queues.count > 64, queues.count > catalogue.subscriptions.count * 2 else { return }
        let used = Set(catalogue.subscriptions.values.map(\.endpoint.uri)).union(lags.keys)
        for (uri, queue) in queues where queue.isEmpty && !used.contains(uri) {
            queues[uri] = nil
            ledger.drop(uri)
        }
    }

    private func ended(_ delivery: Delivery) async {
        ledger.touch()
        let key = delivery.subscription.key
        let over = delivery.held.map { HeldEntity.Key(subscription: key, entity: $0) }.filter { !throttle.holds($0) }
        if !over.isEmpty { ledger.release(over) }
        if delivery.subscription.isOneshot { await parts.switchOff(delivery.subscription, parts.context()) }
    }
}
