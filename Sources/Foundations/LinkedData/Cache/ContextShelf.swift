import JSON

/// What a ``ContextCache`` holds: contexts and failures, none for longer than its limits allow.
struct ContextShelf {
    private struct Entry {
        var context: CachedContext
        var usedAt: Int64
    }

    private let limits: ContextCacheLimits
    private var entries: [String: Entry] = [:]
    private var failures: [String: (error: LDError, until: Int64)] = [:]
    private var bytes = 0

    init(limits: ContextCacheLimits) { self.limits = limits }

    func known(_ address: String) -> CachedContext? { entries[address]?.context }

    /// A context that needs no fetch. Throws a failure that is still remembered.
    mutating func fresh(_ address: String, now: Int64) throws(LDError) -> CachedContext? {
        if let entry = entries[address], now < entry.context.expiresAt {
            entries[address]?.usedAt = now
            return entry.context
        }
        guard let failure = failures[address] else { return nil }
        guard now >= failure.until else {
            if let known = standIn(address, now: now) { return known }
            throw failure.error
        }
        failures[address] = nil
        return nil
    }

    /// Takes in what came of a fetch, and says what it means for those who wait.
    mutating func settle(_ address: String, _ outcome: ContextFetch, now: Int64) -> Result<CachedContext, LDError> {
        switch outcome {
        case .document(let json, let freshness, let bytes):
            return .success(take(address, json, freshness, bytes: bytes, since: now, now: now))
        case .unchanged(let freshness):
            guard let known = known(address) else {
                return fail(address, "The server says that nothing changed since a copy that is not here.", now: now)
            }
            var renewed = freshness
            renewed.etag = freshness.etag ?? known.freshness.etag
            renewed.lastModified = freshness.lastModified ?? known.freshness.lastModified
            return .success(
                take(address, known.json, renewed, bytes: known.bytes, since: known.createdAt, now: now))
        case .refused(let reason):
            remove(address)
            return fail(address, reason, now: now)
        case .unreachable(let reason):
            let failure = fail(address, reason, now: now)
            if let known = standIn(address, now: now) {
                return .success(known)
            }
            return failure
        }
    }

    mutating func keep(_ context: CachedContext, usedAt: Int64) {
        remove(context.address)
        entries[context.address] = Entry(context: context, usedAt: usedAt)
        bytes += context.bytes
        while entries.count > limits.documents || bytes > limits.bytes, entries.count > 1 {
            let others = entries.filter { $0.key != context.address }
            guard let oldest = others.min(by: { $0.value.usedAt < $1.value.usedAt })?.key else { break }
            remove(oldest)
        }
    }

    @discardableResult mutating func remove(_ address: String) -> Bool {
        failures[address] = nil
        guard let entry = entries.removeValue(forKey: address) else { return false }
        bytes -= entry.context.bytes
        return true
    }

    private mutating func take(
        _ address: String, _ json: JSON, _ freshness: ContextFreshness, bytes: Int, since: Int64, now: Int64
    ) -> CachedContext {
        let context = CachedContext(
            address: address, json: json, freshness: freshness, bytes: bytes, createdAt: since,
            expiresAt: now + freshness.lifetime)
        keep(context, usedAt: now)
        return context
    }

    private mutating func fail(_ address: String, _ reason: String, now: Int64) -> Result<CachedContext, LDError> {
        let error = LDError.unavailable(address: address, reason: reason)
        if failures.count >= limits.documents { failures = failures.filter { now < $0.value.until } }
        if failures.count < limits.documents { failures[address] = (error, now + limits.failure) }
        return .failure(error)
    }

    /// An expired context while its server cannot be reached.
    private func standIn(_ address: String, now: Int64) -> CachedContext? {
        guard let context = entries[address]?.context, now < context.expiresAt + limits.stale else { return nil }
        return context
    }
}
