import LinkedData
import Logging
import Storage

/// Remote contexts: in memory, and in the database for the next start. Bounded; times are seconds since 1970.
struct CachedContexts: Sendable {
    private let cache: ContextCache
    private let kept: FetchedContexts

    init(fetcher: ContextFetcher, database: any Database) {
        cache = ContextCache { address, known in await fetcher.fetch(address, known: known) }
        kept = FetchedContexts(database: database)
    }

    func context(_ address: String, _ context: OperationContext) async throws(LDError) -> CachedContext {
        let before = await known(address, context)
        let now = try await cache.context(address, now: context.now.seconds)
        if now.expiresAt != before?.expiresAt { await keep(now, context) }
        return now
    }

    /// Fetches a context anew, whatever is known of it.
    func reload(_ address: String, _ context: OperationContext) async throws(LDError) {
        await keep(try await cache.reload(address, now: context.now.seconds), context)
    }

    /// What memory or database have of an address, fresh or not.
    func known(_ address: String, _ context: OperationContext) async -> CachedContext? {
        if let known = cache.known(address) { return known }
        guard let found = try? await kept.get(address, context) else { return nil }
        cache.restore(found)
        return found
    }

    /// In order of address.
    func list(_ context: OperationContext) async throws(Refusal) -> [CachedContext] { try await kept.list(context) }

    func remove(_ address: String, _ context: OperationContext) async throws(Refusal) {
        cache.remove(address)
        try await kept.remove(address, context)
    }

    /// A cache that cannot be written is none the worse for this request.
    private func keep(_ fetched: CachedContext, _ context: OperationContext) async {
        do throws(Refusal) { try await kept.keep(fetched, context) } catch {
            context.logger.warning("A fetched context is not kept: \(error.detail)")
        }
    }
}
