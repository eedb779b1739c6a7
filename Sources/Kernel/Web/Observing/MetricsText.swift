/// Builds the Prometheus text format.
struct MetricsText {
    private(set) var text = ""

    mutating func add(_ name: String, _ help: String, _ kind: String, _ values: [(labels: String, value: Double)]) {
        head(name, help, kind)
        for value in values { line(name, value.labels, Self.number(value.value)) }
    }

    mutating func addRequests(_ meters: [RouteMeter]) {
        let name = "higo_http_requests_total"
        head(name, "Answers by route and status.", "counter")
        for meter in meters {
            for count in meter.counts {
                line(name, "route=\"\(Self.escaped(meter.label))\",status=\"\(count.status)\"", String(count.count))
            }
        }
    }

    mutating func addDurations(_ meters: [RouteMeter]) {
        let name = "higo_http_request_duration_seconds"
        head(name, "Time from the request to its answer.", "histogram")
        for meter in meters {
            let (cumulative, seconds) = meter.histogram
            guard let all = cumulative.last, all > 0 else { continue }
            let route = "route=\"\(Self.escaped(meter.label))\""
            for (bound, count) in zip(RouteMeter.bounds, cumulative) {
                line("\(name)_bucket", "\(route),le=\"\(Self.number(Double(bound) / 1e9))\"", String(count))
            }
            line("\(name)_bucket", "\(route),le=\"+Inf\"", String(all))
            line("\(name)_sum", route, Self.number(seconds))
            line("\(name)_count", route, String(all))
        }
    }

    private mutating func head(_ name: String, _ help: String, _ kind: String) {
        text += "# HELP \(name) \(help)\n# TYPE \(name) \(kind)\n"
    }

    private mutating func line(_ name: String, _ labels: String, _ value: String) {
        text += labels.isEmpty ? "\(name) \(value)\n" : "\(name){\(labels)} \(value)\n"
    }

    private static func number(_ value: Double) -> String {
        value == value.rounded() && value.magnitude < 0x1p53 ? String(Int64(value)) : String(value)
    }

    private static func escaped(_ label: String) -> String {
        label.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
    }
}
