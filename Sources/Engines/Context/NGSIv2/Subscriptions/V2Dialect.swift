import Entities
import JSON
import Storage

/// What NGSIv2 says of its subscriptions: how their source is read, and how their notifications look.
package enum V2Dialect {
    static let dialect = SubscriptionDialect(.ngsiV2, renderer: V2NotificationRenderer()) { record throws(Refusal) in
        try read(record)
    }

    /// The member of a record's source that holds the service path of the subscription.
    static let pathMember = "servicePath"

    /// The meaning of a record. Refuses in Orion's words.
    package static func read(_ record: SubscriptionRecord) throws(Refusal) -> Subscription {
        let source = try V2Subscription(record.source)
        var subscription = try Subscription(
            record: record, query: try query(source, record),
            watchedAttributes: source.subject.attributes.map(V2Names.storedAttribute),
            triggers: triggers(source.subject.alterations),
            throttling: source.throttling > 0 ? Double(source.throttling) : nil, endpoint: endpoint(source))
        subscription.splitsEntities = true
        subscription.ignoresMetadata = !source.subject.notifiesOnMetadata
        subscription.isOneshot = source.status == .oneshot
        subscription.mostFailures = source.notification.mostFailures
        return subscription
    }

    private static func query(_ source: V2Subscription, _ record: SubscriptionRecord) throws(Refusal) -> EntityQuery {
        var query = EntityQuery(space: record.key.space)
        for entity in source.subject.entities { query.selectors.append(try entity.selector()) }
        let expression = source.subject.expression
        var parts: [QueryCondition] = []
        if let q = expression["q"] { parts.append(try V2Condition.q(q)) }
        if let mq = expression["mq"] { parts.append(try V2Condition.mq(mq)) }
        query.condition = parts.count > 1 ? .and(parts) : parts.first
        query.geo = try V2GeoQuery.query(expression["georel"], expression["geometry"], expression["coords"])
        if let text = record.source[pathMember]?.stringValue { query.scope = try [V2ServicePath(text)].scopeQuery() }
        return query
    }

    /// An attribute that comes, changes or goes is a change of its entity; without types a creation counts too.
    private static func triggers(_ alterations: [V2Subject.Alteration]) -> Set<NotificationTrigger> {
        if alterations.isEmpty { return [.entityCreated, .entityUpdated] }
        return Set(
            alterations.map { alteration in
                switch alteration {
                case .entityCreate: .entityCreated
                case .entityUpdate, .entityChange: .entityUpdated
                case .entityDelete: .entityDeleted
                }
            })
    }

    private static func endpoint(_ source: V2Subscription) -> NotificationEndpoint {
        let target = source.notification.target
        var endpoint = NotificationEndpoint(uri: target.address, timeout: target.timeout.map { Double($0) / 1_000 })
        if let mqtt = target.mqtt {
            endpoint.notifierInfo = [
                ("MQTT-Version", "mqtt3.1.1"), ("MQTT-QoS", String(mqtt.qos)),
                ("MQTT-Retain", mqtt.retains ? "true" : "false"),
            ]
        }
        return endpoint
    }
}

/// Notifications as Orion sends them: one entity each.
package struct V2NotificationRenderer: NotificationRenderer {
    package init() {}

    package func render(
        _ subscription: Subscription, _ entities: [NotifiedEntity], at now: Instant
    ) async throws -> RenderedNotification {
        let source = try V2Subscription(subscription.record.source)
        guard let entity = entities.first else { throw Refusal(.invalid, "A notification needs an entity.") }
        let notified = V2Notified(entity: entity.entity, change: entity.change, isDeleted: entity.deletedAt != nil)
        let draft = V2NotificationDraft(
            subscriptionID: subscription.key.id, source.notification, notified, at: now)
        let content = draft.content
        let correlator = (entity.change?.requestID ?? subscription.key.id) + "; cbnotif=1"
        return RenderedNotification(
            method: source.notification.target.method, url: draft.url,
            headers: draft.headers(content, correlator: correlator).map { .init($0.name, $0.value) },
            body: content.bytes)
    }
}
