import Synchronization
import Web

/// What this process counts of notifications, for `/metrics`.
package final class NotificationFigures: Sendable {
    let arrived = Counter()
    let failed = Counter()
    let parked = Counter()
    private let ledger = Mutex<DeliveryLedger?>(nil)

    package init() {}

    /// The ledger while this process leads.
    func follow(_ ledger: DeliveryLedger?) { self.ledger.withLock { $0 = ledger } }

    private var current: DeliveryLedger? { ledger.withLock { $0 } }

    func add(to gauges: Gauges) {
        let counters: [(String, String, @Sendable (NotificationFigures) -> Int)] = [
            ("arrived", "Notifications that their receivers took.", { $0.arrived.value }),
            ("failed", "Tries of notifications that failed.", { $0.failed.value }),
            ("parked", "Notifications put aside after their last try.", { $0.parked.value }),
        ]
        for (name, help, value) in counters {
            gauges.add(
                Metrics.Gauge("higo_notifications_\(name)_total", help, isCounter: true) { [self] in
                    [("", Double(value(self)))]
                })
        }
        gauges.add(
            Metrics.Gauge("higo_notifications_waiting", "Notifications in queues.") { [self] in
                [("", Double(current?.waiting ?? 0))]
            })
        gauges.add(
            Metrics.Gauge("higo_notifications_endpoints_behind", "Endpoints that are slower than the log.") { [self] in
                [("", Double(current?.behind ?? 0))]
            })
        gauges.add(
            Metrics.Gauge("higo_notifications_leads", "Whether this process sends the notifications.") { [self] in
                [("", current == nil ? 0 : 1)]
            })
    }
}
