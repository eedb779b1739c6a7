import Storage

/// The values that were set, by key, each with the layer that it comes from: flags over environment over file.
public struct ConfigurationLayers: Sendable {
    struct Value: Sendable {
        var text: String
        /// `--port`, `HIGO_SERVER_PORT`, or `higo.yaml: server.port`.
        var origin: String
    }

    private(set) var values: [String: Value] = [:]
    private(set) var faults: [Refusal.Fault] = []
    private let fields: [String: SettingField]

    init(fields: [SettingField]) {
        self.fields = Dictionary(fields.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// Adds a layer below those that are there: what is set already stands.
    mutating func addBelow(_ layer: [(key: String, text: String, origin: String)]) {
        for entry in layer.sorted(by: { $0.origin < $1.origin }) {
            guard fields[entry.key] != nil else {
                addUnknown(entry.origin, entry.key, candidates: Array(fields.keys))
                continue
            }
            if values[entry.key] == nil { values[entry.key] = Value(text: entry.text, origin: entry.origin) }
        }
    }

    /// Adds what the environment sets. `HIGO_TEST_…` belongs to tests and is passed over.
    mutating func addEnvironment(_ environment: [String: String]) {
        let byName = Dictionary(
            fields.values.map { ($0.environmentName, $0.key) }, uniquingKeysWith: { first, _ in first })
        let ours = environment.filter { $0.key.hasPrefix("HIGO_") && !$0.key.hasPrefix("HIGO_TEST_") }
        var layer: [(key: String, text: String, origin: String)] = []
        for (name, text) in ours.sorted(by: { $0.key < $1.key }) {
            if let key = byName[name] {
                layer.append((key, text, name))
            } else {
                addUnknown(name, name, candidates: Array(byName.keys))
            }
        }
        addBelow(layer)
    }

    mutating func add(_ fault: Refusal.Fault) { faults.append(fault) }

    private mutating func addUnknown(_ origin: String, _ name: String, candidates: [String]) {
        let nearest = NearestName.of(name, in: candidates)
        add(Refusal.Fault(origin, nearest.map { "Unknown setting. Did you mean '\($0)'?" } ?? "Unknown setting."))
    }
}
