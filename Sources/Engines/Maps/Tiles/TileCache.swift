import Geometry
import Synchronization

/// Encoded tiles in memory, each good for the version of the data that it was made from.
final class TileCache: Sendable {
    struct Key: Hashable, Sendable {
        var audience: Audience
        var layer: MapLayer
        var tile: TileCoordinate
    }

    private struct Entry: Sendable {
        var version: Int64
        var bytes: [UInt8]
    }

    private struct State {
        var entries: [Key: Entry] = [:]
        var size = 0
    }

    private let limit: Int
    private let state = Mutex(State())

    /// `limit` in bytes of tiles; when it is passed, the cache starts anew.
    init(limit: Int = 64 << 20) { self.limit = limit }

    func tile(_ key: Key, version: Int64) -> [UInt8]? {
        state.withLock { $0.entries[key].flatMap { $0.version == version ? $0.bytes : nil } }
    }

    func keep(_ bytes: [UInt8], for key: Key, version: Int64) {
        state.withLock { state in
            if state.size + bytes.count > limit { state = State() }
            state.size += bytes.count - (state.entries[key]?.bytes.count ?? 0)
            state.entries[key] = Entry(version: version, bytes: bytes)
        }
    }
}
