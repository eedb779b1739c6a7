import Storage
import Synchronization

/// What the server counts, gathered in memory and told at `/metrics`.
public final class Metrics: Sendable {
    /// Requests being answered.
    package let inFlight = Counter()
    /// Of them, those of cost `query` and `job`.
    package let queries = Counter()
    /// Requests that no route took.
    package let unmatched = RouteMeter("none")
    let started: Instant
    private let meters = Mutex<[RouteMeter]>([])
    private let gauges = Mutex<[Gauge]>([])
    private let boards = Mutex<[Gauges]>([])

    /// A figure that another part of Higo tells.
    public struct Gauge: Sendable {
        public var name: String
        public var help: String
        /// Grows only (`counter`), or goes up and down.
        public var isCounter: Bool
        /// Labels as `name="value"` to figures.
        public var values: @Sendable () -> [(labels: String, value: Double)]

        public init(
            _ name: String, _ help: String, isCounter: Bool = false,
            values: @escaping @Sendable () -> [(labels: String, value: Double)]
        ) {
            self.name = name
            self.help = help
            self.isCounter = isCounter
            self.values = values
        }
    }

    public init(clock: any WallClock = SystemClock()) { started = clock.now() }

    func watch(_ meters: [RouteMeter]) { self.meters.withLock { $0 += meters } }

    /// Adds a figure to `/metrics`; names begin with `higo_`.
    public func add(_ gauge: Gauge) { gauges.withLock { $0.append(gauge) } }

    /// The figures of modules.
    func watch(_ board: Gauges) { boards.withLock { $0.append(board) } }

    /// The figures of a database's writer.
    public func watch(_ databases: any Databases) {
        typealias Figure = (name: String, help: String, path: @Sendable (WriteStatistics) -> Int)
        let figures: [Figure] = [
            ("higo_database_writes_total", "Write bodies committed.", { $0.bodies }),
            ("higo_database_commits_total", "Durable commits.", { $0.commits }),
            ("higo_database_replays_total", "Write bodies run again.", { $0.replays }),
            ("higo_database_bytes", "Bytes of the database.", { Int($0.bytes) }),
        ]
        for figure in figures {
            add(
                Gauge(figure.name, figure.help, isCounter: figure.name.hasSuffix("_total")) {
                    [("main", databases.main), ("datastore", databases.datastore)]
                        .map { ("database=\"\($0.0)\"", Double(figure.path($0.1.statistics))) }
                })
        }
    }

    /// The Prometheus text format, version 0.0.4.
    public var text: String {
        var text = MetricsText()
        let meters = meters.withLock { $0 } + [unmatched]
        text.addRequests(meters)
        text.addDurations(meters)
        text.add("higo_http_requests_in_flight", "Requests being answered.", "gauge", [("", Double(inFlight.value))])
        text.add(
            "process_start_time_seconds", "Start of the process since 1970.", "gauge",
            [("", Double(started.microseconds / 1_000_000))])
        if let resident = ProcessMemory.residentBytes() {
            text.add("process_resident_memory_bytes", "Resident memory.", "gauge", [("", Double(resident))])
        }
        for gauge in gauges.withLock({ $0 }) + boards.withLock({ $0 }).flatMap(\.all) {
            text.add(gauge.name, gauge.help, gauge.isCounter ? "counter" : "gauge", gauge.values())
        }
        return text.text
    }
}
