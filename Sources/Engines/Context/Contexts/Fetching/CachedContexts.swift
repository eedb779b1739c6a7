import LinkedData
import Synchronization

/// Remote contexts in memory. Bounded; times are seconds since 1970.
final class CachedContexts: Sendable {
    private static let most = 512
    private let cache: ContextCache
    /// What was fetched, whether the cache has it still or not.
    private let addresses = Mutex<Set<String>>([])

    init(fetcher: ContextFetcher) {
        cache = ContextCache { address, known in await fetcher.fetch(address, known: known) }
    }

    func context(_ address: String, now: Int64) async throws(LDError) -> CachedContext {
        let context = try await cache.context(address, now: now)
        addresses.withLock { addresses in
            if addresses.count >= Self.most { addresses = addresses.filter { cache.known($0) != nil } }
            addresses.insert(address)
        }
        return context
    }

    func reload(_ address: String, now: Int64) async throws(LDError) -> CachedContext {
        try await cache.reload(address, now: now)
    }

    func known(_ address: String) -> CachedContext? { cache.known(address) }

    /// In order of address.
    var all: [CachedContext] { addresses.withLock { $0.sorted() }.compactMap(cache.known) }

    /// Answers whether there was one.
    func remove(_ address: String) -> Bool {
        addresses.withLock { _ = $0.remove(address) }
        return cache.remove(address)
    }
}
