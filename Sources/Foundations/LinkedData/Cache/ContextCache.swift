import JSON
import Synchronization

/// Remote contexts by address: bounded, expiring, with failures remembered for a while and one fetch at a time for each
/// address. It fetches nothing itself and knows no clock; `now` is seconds since 1970.
public final class ContextCache: Sendable {
    /// Asks for a context. The second argument is what the cache has, for a conditional request.
    public typealias Fetch = @Sendable (_ address: String, _ known: ContextFreshness?) async -> ContextFetch

    private let limits: ContextCacheLimits
    private let fetch: Fetch
    private let state: Mutex<(shelf: ContextShelf, flights: [String: Task<Result<CachedContext, LDError>, Never>])>

    public init(limits: ContextCacheLimits = ContextCacheLimits(), fetch: @escaping Fetch) {
        self.limits = limits
        self.fetch = fetch
        state = Mutex((ContextShelf(limits: limits), [:]))
    }

    /// The context at an address: from the cache while it is fresh, else fetched.
    public func context(_ address: String, now: Int64) async throws(LDError) -> CachedContext {
        if let known = try state.withLock({ state throws(LDError) in try state.shelf.fresh(address, now: now) }) {
            return known
        }
        return try await flight(address, now: now).value.get()
    }

    /// Fetches a context anew, whatever the cache has, which stays if that fails.
    public func reload(_ address: String, now: Int64) async throws(LDError) -> CachedContext {
        let outcome = await fetch(address, nil)
        return try state.withLock { state throws(LDError) in
            switch outcome {
            case .document, .unchanged: return try state.shelf.settle(address, outcome, now: now).get()
            case .refused(let reason), .unreachable(let reason): throw .unavailable(address: address, reason: reason)
            }
        }
    }

    /// What the cache has of an address, fresh or not.
    public func known(_ address: String) -> CachedContext? { state.withLock { $0.shelf.known(address) } }

    /// Puts in a context that was fetched before, for example by an earlier run.
    public func restore(_ context: CachedContext) {
        state.withLock { $0.shelf.keep(context, usedAt: context.createdAt) }
    }

    /// Forgets a context. Answers whether there was one.
    @discardableResult public func remove(_ address: String) -> Bool {
        state.withLock { $0.shelf.remove(address) }
    }

    /// The running fetch of an address, or a new one. It goes on if the one who asked first goes away.
    private func flight(_ address: String, now: Int64) -> Task<Result<CachedContext, LDError>, Never> {
        state.withLock { state in
            if let flight = state.flights[address] { return flight }
            let known = state.shelf.known(address)?.freshness
            let flight = Task { await self.land(address, await self.fetch(address, known), now: now) }
            state.flights[address] = flight
            return flight
        }
    }

    private func land(_ address: String, _ outcome: ContextFetch, now: Int64) -> Result<CachedContext, LDError> {
        state.withLock { state in
            state.flights[address] = nil
            return state.shelf.settle(address, outcome, now: now)
        }
    }
}
