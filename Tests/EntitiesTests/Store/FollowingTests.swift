import Entities
import HigoTesting
import Storage
import Testing

@Suite struct FollowingTests {
    @Test(arguments: TestDatabase.kinds)
    func versionsGrowWithChangesOfAnotherProcess(kind: TestDatabase.Kind) async throws {
        try await withStore(kind) { test in
            let other = EntityStore(database: test.database)
            try await other.followChanges(.test())
            let before = (area: other.dataVersion(), draft: other.dataVersion(space: "draft"))
            try await other.followChanges(.test())
            #expect(other.dataVersion() == before.area)

            _ = try await test.upsert([shelter(1)])
            try await waitForHorizon(of: test.database)
            try await other.followChanges(.test())
            #expect(other.dataVersion() > before.area)
            #expect(other.dataVersion(space: "draft") == before.draft)
        }
    }

    @Test func versionsGrowAtTheFirstLookSinceNobodyKnowsWhatChangedBefore() async throws {
        try await withStore(.standard) { test in
            _ = try await test.upsert([shelter(1)])
            try await waitForHorizon(of: test.database)
            let other = EntityStore(database: test.database)
            let before = other.dataVersion()
            try await other.followChanges(.test())
            #expect(other.dataVersion() > before)
        }
    }
}
