import Entities
import Platform
import Storage
import Web

/// The subscriptions of an installation, put together from its live parts.
package struct Subscriptions: Sendable {
    package let store: SubscriptionStore
    private let ports: Ports
    private let contexts: ContextReader
    private let dialects: SubscriptionDialects

    package init(_ ports: Ports) { self.init(ports, ContextReader(ports)) }

    init(_ ports: Ports, _ contexts: ContextReader) {
        self.ports = ports
        self.contexts = contexts
        let renderer = NGSINotificationRenderer(contexts: contexts)
        dialects = SubscriptionDialects([
            SubscriptionDialect(.ngsiLD, renderer: renderer) { record throws(Refusal) in
                try NGSISubscription.read(record)
            },
            V2Dialect.dialect,
        ])
        store = SubscriptionStore(database: ports.databases.main, dialects: dialects)
    }

    private var parts: NotificationParts {
        NotificationParts(
            store: store, entities: ports.entities, settings: ports.notifications, holder: ports.processName)
    }

    /// Matching and delivering; what they count is told at `/metrics`.
    var engine: SubscriptionEngine {
        let parts = parts
        parts.figures.add(to: ports.gauges)
        return SubscriptionEngine(parts)
    }

    package var jobs: [JobType] { [ReplayJob(parts: parts).jobType] }

    func addRoutes(to table: inout RouteTable) {
        SubscriptionRoutes(
            request: SubscriptionRequest(
                store: store, entities: ports.entities, parkedStore: ParkedStore(database: store.database),
                policy: ReceiverPolicy(ports.notifications), contexts: contexts),
            largestPage: ports.site.maximumItems
        ).add(to: &table)
        EventRoutes(
            hub: EventHub(database: store.database, dialects: dialects), entities: ports.entities,
            contexts: contexts
        ).add(to: &table)
        V2SubscriptionRoutes(store: store).add(to: &table)
        SubscriptionPages(store: store, parked: ParkedStore(database: store.database), pages: ports.pages)
            .add(to: &table)
    }
}
