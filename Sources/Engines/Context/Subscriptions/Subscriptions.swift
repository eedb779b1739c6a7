import Entities
import Platform
import Storage
import Web

/// The subscriptions of an installation, put together from its live parts.
package struct Subscriptions: Sendable {
    package let store: SubscriptionStore
    private let ports: Ports

    package init(_ ports: Ports) {
        self.ports = ports
        store = SubscriptionStore(database: ports.databases.main, dialects: Self.dialects)
    }

    static let dialects = SubscriptionDialects([
        SubscriptionDialect(.ngsiLD, renderer: NGSINotificationRenderer()) { record throws(Refusal) in
            try NGSISubscription.read(record)
        },
        V2Dialect.dialect,
    ])

    private var parts: NotificationParts {
        NotificationParts(
            store: store, entities: ports.entities, settings: ports.notifications, holder: ports.processName)
    }

    /// Matching and delivering.
    var engine: SubscriptionEngine { SubscriptionEngine(parts) }

    package var jobs: [JobType] { [ReplayJob(parts: parts).jobType] }

    func addRoutes(to table: inout RouteTable, contexts: ContextReader) {
        SubscriptionRoutes(
            request: SubscriptionRequest(
                store: store, entities: ports.entities, parkedStore: ParkedStore(database: store.database),
                policy: ReceiverPolicy(ports.notifications)),
            largestPage: ports.site.maximumItems
        ).add(to: &table)
        EventRoutes(
            hub: EventHub(database: store.database, dialects: Self.dialects), entities: ports.entities,
            contexts: contexts
        ).add(to: &table)
        V2SubscriptionRoutes(store: store).add(to: &table)
    }
}
