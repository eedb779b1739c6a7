import Entities
import Logging
import Platform
import Storage

/// What matching and delivering are put together from.
package struct NotificationParts: Sendable {
    var store: SubscriptionStore
    var entities: EntityStore
    var parked: ParkedStore
    var transports: [NotificationEndpoint.Kind: any NotificationTransport]
    var retry: RetryPolicy
    /// Notifications on their way to one endpoint at a time.
    var lanes: Int
    /// Names this process among those that share the database.
    var holder: String
    let figures: NotificationFigures
    var clock: any WallClock = SystemClock()
    var logger = Logger(label: "higo.notifications")

    var database: any Database { store.database }
    var dialects: SubscriptionDialects { store.dialects }

    /// A context for what is done without a request.
    func context() -> OperationContext { .system("notifications", clock: clock, logger: logger) }

    package init(
        store: SubscriptionStore, entities: EntityStore, settings: NotificationSettings, holder: String,
        retry: RetryPolicy? = nil, figures: NotificationFigures = NotificationFigures(),
        clock: any WallClock = SystemClock()
    ) {
        self.figures = figures
        self.store = store
        self.entities = entities
        parked = ParkedStore(database: store.database)
        let policy = ReceiverPolicy(settings)
        transports = [
            .http: HTTPTransport(settings, policy: policy), .mqtt: MQTTTransport(settings, policy: policy),
        ]
        self.retry = retry ?? RetryPolicy(settings)
        lanes = settings.connections
        self.holder = holder
        self.clock = clock
    }

    func send(
        _ request: RenderedNotification, to endpoint: NotificationEndpoint
    ) async throws(DeliveryFailure) -> Int? {
        guard let transport = transports[endpoint.kind] else {
            throw DeliveryFailure(
                reason: "Nothing here speaks the protocol of '\(EndpointAddress.hidingPassword(endpoint.uri))'.",
                isFinal: true)
        }
        return try await transport.send(request, to: endpoint, seconds: endpoint.timeout ?? retry.timeout)
    }

    func close() async { for transport in transports.values { await transport.close() } }
}
