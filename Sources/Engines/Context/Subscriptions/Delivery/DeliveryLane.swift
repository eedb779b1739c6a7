import Entities
import Logging
import Storage
import Web

/// Sends what waits in one lane of an endpoint's queue, one after another, until nothing is left.
struct DeliveryLane: Sendable {
    let queue: EndpointQueue
    let parts: NotificationParts
    let states: SubscriptionStates
    let context: OperationContext
    /// Called when a notification is through, whichever way.
    let onEnd: @Sendable (Delivery) async -> Void

    func run(_ lane: Int) async {
        while let ticket = queue.next(lane) {
            guard await deliver(ticket) else { return queue.leave(lane) }
            await onEnd(ticket.delivery)
            queue.finish(ticket)
        }
    }

    /// - Returns: whether the notification is through; not if the queue was closed before.
    private func deliver(_ ticket: EndpointQueue.Ticket) async -> Bool {
        let subscription = ticket.delivery.subscription
        guard !states.isWithdrawn(subscription.key), let renderer = parts.dialects.renderer(subscription) else {
            return true
        }
        do {
            let request = try await renderer.render(subscription, ticket.delivery.entities, at: context.now)
            states.change(subscription.key) { $0.sent(at: context.now) }
            return await send(request, ticket)
        } catch {
            let request = RenderedNotification(url: subscription.endpoint.uri, headers: [], body: [])
            await fail(DeliveryFailure(reason: "It cannot be written: \(error)", isFinal: true), ticket)
            return await park(request, ticket, tries: 0, "It cannot be written: \(error)")
        }
    }

    private func send(_ request: RenderedNotification, _ ticket: EndpointQueue.Ticket) async -> Bool {
        let subscription = ticket.delivery.subscription
        var tries = 0
        while true {
            let failures = await queue.admit(ticket)
            if failures > 0 {
                await wait(parts.retry.wait(afterFailures: failures, cooldown: subscription.endpoint.cooldown))
            }
            if queue.isClosed { return false }
            if states.isWithdrawn(subscription.key) {
                queue.giveUp(ticket)
                return true
            }
            do throws(DeliveryFailure) {
                let status = try await parts.send(request, to: subscription.endpoint)
                queue.isBack()
                parts.figures.arrived.add()
                states.change(subscription.key) { $0.arrived(at: context.now, status: status) }
                return true
            } catch {
                tries += 1
                await fail(error, ticket)
                if error.isFinal { queue.isBack() } else { queue.failed(ticket) }
                guard error.isFinal || tries >= parts.retry.tries else { continue }
                let isParked = await park(request, ticket, tries: tries, error.reason)
                queue.giveUp(ticket)
                return isParked
            }
        }
    }

    /// In short pieces, so that a stop is not kept waiting.
    private func wait(_ seconds: Double) async {
        var left = seconds
        while left > 0, !queue.isClosed {
            try? await Task.sleep(for: .seconds(min(left, 1)))
            left -= 1
        }
    }

    private func fail(_ failure: DeliveryFailure, _ ticket: EndpointQueue.Ticket) async {
        let subscription = ticket.delivery.subscription
        parts.figures.failed.add()
        let state = states.change(subscription.key) { $0.failed(at: context.now, failure) }
        guard let most = subscription.mostFailures, state.failuresInARow >= most else { return }
        states.withdraw(subscription.key)
        await parts.switchOff(subscription, context)
    }

    private func park(
        _ request: RenderedNotification, _ ticket: EndpointQueue.Ticket, tries: Int, _ reason: String
    ) async -> Bool {
        let delivery = ticket.delivery
        while !queue.isClosed {
            do throws(Refusal) {
                try await parts.parked.park(
                    context, request, of: delivery.subscription.key, entities: delivery.entities.map(\.entity.id),
                    tries: tries, error: reason)
                parts.figures.parked.add()
                return true
            } catch {
                // Nothing is forgotten for a database that is busy.
                context.logger.warning("a notification cannot be put aside yet", metadata: ["error": "\(error)"])
                await wait(1)
            }
        }
        return false
    }
}

extension NotificationParts {
    /// Ends a subscription that has had its one notification, or failed too often.
    func switchOff(_ subscription: Subscription, _ context: OperationContext) async {
        do throws(Refusal) {
            try await store.update(context, subscription.key, subscription.record.dialect) { record in
                record.isActive = false
            }
        } catch {
            context.logger.warning(
                "a subscription cannot be switched off",
                metadata: ["id": "\(subscription.key.id)", "error": "\(error)"])
        }
    }
}
