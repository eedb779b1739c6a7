import HTTPTypes
import HigoTesting
import Storage
import Testing
import Web

@Suite struct QueryBudgetTests {
    @Test func aClientThatAsksTooMuchWaits() async throws {
        try await withTestSite([SiteModule.module], change: { $0.settings.queriesPerMinute = 3 }) {
            site async throws in
            for _ in 0..<3 { #expect(try await site.get("/things").status == 200) }
            let refused = try await site.get("/things")
            #expect(refused.status == 429)
            #expect(refused.problem == "too-many-requests")
            #expect(refused["retry-after"] != nil)
            #expect(try await site.get("/things/1").status == 200)
            site.clock.advance(bySeconds: 20)
            #expect(try await site.get("/things").status == 200)
            #expect(try await site.get("/things").status == 429)
        }
    }

    @Test func withoutALimitNobodyWaits() async throws {
        try await withTestSite([SiteModule.module], change: { $0.settings.queriesPerMinute = 0 }) {
            site async throws in
            for _ in 0..<50 { #expect(try await site.get("/things").status == 200) }
        }
    }
}
