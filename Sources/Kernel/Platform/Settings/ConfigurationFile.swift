import Storage
import Yams

/// Reads `higo.yaml`: two levels, a concern and its settings. Longer keys may be written with dots as well.
enum ConfigurationFile {
    /// The settings of the file in its order, each key with dots and the scalar as it was written.
    static func read(
        _ text: String, name: String
    ) throws(Refusal) -> [(key: String, text: String, origin: String)] {
        let node: Node?
        do {
            node = try Yams.compose(yaml: text)
        } catch {
            throw Refusal(.invalid, "\(name) is no YAML: \(error)")
        }
        guard let node else { return [] }
        // An empty document is a null scalar.
        if case .scalar(let scalar) = node, scalar.string.isEmpty { return [] }
        var settings: [(key: String, text: String, origin: String)] = []
        try collect(node, path: [], name: name, into: &settings)
        return settings
    }

    private static func collect(
        _ node: Node, path: [String], name: String, into settings: inout [(key: String, text: String, origin: String)]
    ) throws(Refusal) {
        let key = path.joined(separator: ".")
        switch node {
        case .mapping(let mapping):
            for (child, value) in mapping {
                guard let word = child.string else {
                    throw Refusal(.invalid, "\(name) has a key under '\(key)' that is no text.")
                }
                try collect(value, path: path + [word], name: name, into: &settings)
            }
        case .scalar(let scalar):
            guard !path.isEmpty else {
                throw Refusal(.invalid, "\(name) must be a map of settings, such as 'server:' with 'port: 8080' in it.")
            }
            settings.append((key, scalar.string, "\(name): \(key)"))
        default:
            throw Refusal(.invalid, "\(name): '\(key)' must be a single value, not a list.")
        }
    }
}
