import Synchronization

/// Figures that modules tell at `/metrics`, gathered before there is a site.
public final class Gauges: Sendable {
    private let gauges = Mutex<[Metrics.Gauge]>([])

    public init() {}

    /// Adds a figure; names begin with `higo_`. One of the same name is replaced.
    public func add(_ gauge: Metrics.Gauge) {
        gauges.withLock { gauges in
            gauges.removeAll { $0.name == gauge.name }
            gauges.append(gauge)
        }
    }

    var all: [Metrics.Gauge] { gauges.withLock { $0 } }
}
