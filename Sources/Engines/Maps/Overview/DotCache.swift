import Synchronization

/// The dots of pictures, kept until an entity changes.
final class DotCache: Sendable {
    struct Key: Hashable, Sendable {
        var audience: Audience
        var types: [String]
        var municipality: String?
    }

    private static let capacity = 200
    private let kept = Mutex<(version: Int64, dots: [Key: [String]])>((0, [:]))

    func dots(_ key: Key, version: Int64) -> [String]? {
        kept.withLock { $0.version == version ? $0.dots[key] : nil }
    }

    func keep(_ dots: [String], for key: Key, version: Int64) {
        kept.withLock { kept in
            if kept.version != version || kept.dots.count >= Self.capacity { kept = (version, [:]) }
            kept.dots[key] = dots
        }
    }
}
