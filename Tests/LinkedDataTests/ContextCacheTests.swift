import JSON
import LinkedData
import Synchronization
import Testing

@Suite struct ContextCacheTests {
    /// A server that answers with what the test put there, and counts.
    final class Server: Sendable {
        private let state = Mutex<(answer: ContextFetch, asked: Int, known: ContextFreshness?)>(
            (.unreachable(reason: "off"), 0, nil))

        var asked: Int { state.withLock { $0.asked } }
        var known: ContextFreshness? { state.withLock { $0.known } }

        func answers(_ answer: ContextFetch) { state.withLock { $0.answer = answer } }

        func cache(_ limits: ContextCacheLimits = ContextCacheLimits()) -> ContextCache {
            ContextCache(limits: limits) { _, known in
                await Task.yield()
                return self.state.withLock { state in
                    state.asked += 1
                    state.known = known
                    return state.answer
                }
            }
        }
    }

    static let json: JSON = ["@context": ["a": "https://x.org/a"]]

    static func document(_ lifetime: Int64, bytes: Int = 10, etag: String? = nil) -> ContextFetch {
        .document(json, ContextFreshness(lifetime: lifetime, etag: etag), bytes: bytes)
    }

    @Test func freshContextsAreNotFetchedAgain() async throws {
        let server = Server()
        let cache = server.cache()
        server.answers(Self.document(60))
        #expect(try await cache.context("u", now: 100).json == Self.json)
        #expect(try await cache.context("u", now: 159).expiresAt == 160)
        #expect(server.asked == 1)
        _ = try await cache.context("u", now: 160)
        #expect(server.asked == 2)
    }

    @Test func unchangedContextsLiveOn() async throws {
        let server = Server()
        let cache = server.cache()
        server.answers(Self.document(60, etag: "\"1\""))
        _ = try await cache.context("u", now: 0)
        server.answers(.unchanged(ContextFreshness(lifetime: 30)))
        let renewed = try await cache.context("u", now: 70)
        #expect(server.known?.etag == "\"1\"")
        #expect(renewed.createdAt == 0 && renewed.expiresAt == 100 && renewed.freshness.etag == "\"1\"")
    }

    @Test func equalRequestsFetchOnce() async throws {
        let server = Server()
        let cache = server.cache()
        server.answers(Self.document(60))
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<50 { group.addTask { _ = try await cache.context("u", now: 0) } }
            try await group.waitForAll()
        }
        #expect(server.asked == 1)
    }

    @Test func failuresAreRememberedForAWhile() async {
        let server = Server()
        let cache = server.cache()
        server.answers(.refused(reason: "404"))
        let gone = LDError.unavailable(address: "u", reason: "404")
        await #expect(throws: gone) { try await cache.context("u", now: 0) }
        server.answers(Self.document(60))
        await #expect(throws: gone) { try await cache.context("u", now: 29) }
        #expect(server.asked == 1)
        await #expect(throws: Never.self) { try await cache.context("u", now: 30) }
    }

    @Test func expiredContextsStandInForServersOutOfReach() async throws {
        let server = Server()
        let cache = server.cache()
        server.answers(Self.document(60))
        _ = try await cache.context("u", now: 0)
        server.answers(.unreachable(reason: "timeout"))
        #expect(try await cache.context("u", now: 100).json == Self.json)
        #expect(try await cache.context("u", now: 110).json == Self.json)
        #expect(server.asked == 2)
        await #expect(throws: LDError.self) { try await cache.context("u", now: 60 + 86_400) }
    }

    @Test func goneContextsDoNotStandIn() async throws {
        let server = Server()
        let cache = server.cache()
        server.answers(Self.document(60))
        _ = try await cache.context("u", now: 0)
        server.answers(.refused(reason: "410"))
        await #expect(throws: LDError.self) { try await cache.context("u", now: 100) }
        #expect(cache.known("u") == nil)
    }

    @Test func reloadKeepsWhatItHadIfItFails() async throws {
        let server = Server()
        let cache = server.cache()
        server.answers(Self.document(60))
        _ = try await cache.context("u", now: 0)
        server.answers(.refused(reason: "500"))
        await #expect(throws: LDError.self) { try await cache.reload("u", now: 10) }
        #expect(try await cache.context("u", now: 20).createdAt == 0)
        server.answers(Self.document(60))
        #expect(try await cache.reload("u", now: 30).createdAt == 30)
    }

    @Test func theLeastUsedGoFirst() async throws {
        let server = Server()
        let cache = server.cache(ContextCacheLimits(documents: 2))
        server.answers(Self.document(1_000))
        _ = try await cache.context("a", now: 1)
        _ = try await cache.context("b", now: 2)
        _ = try await cache.context("a", now: 3)
        _ = try await cache.context("c", now: 4)
        #expect(cache.known("a") != nil && cache.known("b") == nil && cache.known("c") != nil)
        let small = server.cache(ContextCacheLimits(bytes: 15))
        _ = try await small.context("a", now: 1)
        _ = try await small.context("b", now: 2)
        #expect(small.known("a") == nil && small.known("b") != nil)
    }

    @Test func namesExpireAndStayBounded() {
        let cache = StoredNamesCache(capacity: 2)
        cache.keep(.core, "a", until: 10, now: 0)
        #expect(cache.names("a", now: 9) != nil)
        #expect(cache.names("a", now: 10) == nil)
        for (index, key) in ["b", "c", "d"].enumerated() { cache.keep(.core, key, until: 100, now: Int64(20 + index)) }
        #expect(
            cache.names("b", now: 30) == nil && cache.names("c", now: 30) != nil && cache.names("d", now: 30) != nil)
    }
}
