import Synchronization

/// Names that were made of whole contexts, by a text that stands for the context. Bounded; entries end with the first
/// of their documents. `now` is seconds since 1970.
public final class StoredNamesCache: Sendable {
    private struct Entry {
        var names: StoredNames
        var expiresAt: Int64
        var usedAt: Int64
    }

    private let capacity: Int
    private let entries = Mutex<[String: Entry]>([:])

    public init(capacity: Int = 256) { self.capacity = max(capacity, 1) }

    public func names(_ key: String, now: Int64) -> StoredNames? {
        entries.withLock { entries in
            guard let index = entries.index(forKey: key) else { return nil }
            guard now < entries.values[index].expiresAt else {
                entries.remove(at: index)
                return nil
            }
            entries.values[index].usedAt = now
            return entries.values[index].names
        }
    }

    public func keep(_ names: StoredNames, _ key: String, until expiresAt: Int64, now: Int64) {
        entries.withLock { entries in
            if entries.count >= capacity, entries[key] == nil,
                let oldest = entries.min(by: { $0.value.usedAt < $1.value.usedAt })?.key
            {
                entries[oldest] = nil
            }
            entries[key] = Entry(names: names, expiresAt: expiresAt, usedAt: now)
        }
    }

    public func removeAll() { entries.withLock { $0 = [:] } }
}
