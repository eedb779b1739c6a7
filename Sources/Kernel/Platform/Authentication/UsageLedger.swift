import Storage
import Synchronization

/// When sessions and keys were last used: gathered in memory, written in batches off the requests' path.
public final class UsageLedger: Sendable {
    private struct Seen: Sendable {
        var sessions: [String: Instant] = [:]
        var keys: [String: Instant] = [:]
    }

    private let seen = Mutex(Seen())
    private let database: any Database

    init(database: any Database) { self.database = database }

    func sawSession(_ digest: String, at now: Instant) { seen.withLock { $0.sessions[digest] = now } }
    func sawKey(_ digest: String, at now: Instant) { seen.withLock { $0.keys[digest] = now } }

    /// Later than what the database says, if the session was used since the last flush.
    func lastSeen(ofSession digest: String) -> Instant? { seen.withLock { $0.sessions[digest] } }

    /// Writes what was gathered. Call it twice a minute and when the server stops.
    public func flush(_ context: OperationContext) async throws(Refusal) {
        let batch = seen.withLock { seen in
            defer { seen = Seen() }
            return seen
        }
        guard !batch.sessions.isEmpty || !batch.keys.isEmpty else { return }
        do {
            try await write(batch, context)
        } catch {
            seen.withLock { seen in
                seen.sessions.merge(batch.sessions) { max($0, $1) }
                seen.keys.merge(batch.keys) { max($0, $1) }
            }
            throw error
        }
    }

    private func write(_ batch: Seen, _ context: OperationContext) async throws(Refusal) {
        // In order of key, so that two nodes take the rows in the same order.
        let sessions = batch.sessions.sorted { $0.key < $1.key }
        let keys = batch.keys.sorted { $0.key < $1.key }
        try await database.write(context) { transaction throws(Refusal) in
            try transaction.executeMany(
                "UPDATE platform_sessions SET last_seen = ? WHERE token_digest = ? AND last_seen < ?",
                sessions.map { [.instant($0.value), .text($0.key), .instant($0.value)] })
            try transaction.executeMany(
                "UPDATE platform_api_keys SET last_used = ? WHERE key_digest = ? AND COALESCE(last_used, 0) < ?",
                keys.map { [.instant($0.value), .text($0.key), .instant($0.value)] })
        }
    }
}
