import Storage
import Synchronization

/// Values found lately, each good until the directory changes or its own time is over. Holds a bounded number.
package final class VersionedCache<Value: Sendable>: Sendable {
    private struct Entry: Sendable {
        var value: Value
        var version: Int64
        var validUntil: Instant
    }

    private let entries = Mutex<[String: Entry]>([:])
    private let capacity: Int

    package init(capacity: Int) { self.capacity = capacity }

    package func value(_ key: String, version: Int64, at now: Instant) -> Value? {
        entries.withLock { entries in
            guard let entry = entries[key] else { return nil }
            if entry.version == version, now < entry.validUntil { return entry.value }
            entries[key] = nil
            return nil
        }
    }

    /// Keeps a value read when the directory had `version`. A full cache is emptied: what is in use comes back at once.
    package func keep(_ value: Value, for key: String, version: Int64, until validUntil: Instant) {
        entries.withLock { entries in
            if entries.count >= capacity { entries.removeAll(keepingCapacity: true) }
            entries[key] = Entry(value: value, version: version, validUntil: validUntil)
        }
    }

    package func forget(_ key: String) { entries.withLock { $0[key] = nil } }
}
