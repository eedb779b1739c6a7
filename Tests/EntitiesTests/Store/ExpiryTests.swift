import Entities
import HigoTesting
import JSON
import Platform
import Storage
import Testing

struct ExpiryTests {
    private static let start = Instant(seconds: 1_775_001_600)
    private static let id = "urn:ngsi-ld:EvacuationShelter:1"

    @Test(arguments: TestDatabase.kinds) func expiredEntitiesAreNotSeenAndThenGo(kind: TestDatabase.Kind) async throws {
        try await withStore(kind) { test in
            let clock = TestClock(Self.start)
            let context = OperationContext.test(clock: clock)
            var write = shelter(1)
            write.entity.expiresAt = Self.start.advanced(bySeconds: 60)
            _ = try await test.store.create(context, write)
            _ = try await test.store.create(context, shelter(2))
            clock.advance(bySeconds: 59)
            #expect(try await test.store.get(context, id: Self.id) != nil)
            clock.advance(bySeconds: 1)
            #expect(try await test.store.get(context, id: Self.id) == nil)
            for types in [["EvacuationShelter"], []] {
                let page = try await test.store.query(context, EntityQuery(types: types, countsAll: true))
                #expect(page.entities.numbers == [2])
                #expect(page.total == 1)
            }
            #expect(await code { try await test.store.delete(context, id: Self.id) } == .notFound)
            #expect(await code { try await test.store.edit(context, id: Self.id) { _ in EntityEdit() } } == .notFound)
            try await test.expire(context)
            let rows = try await test.logRows()
            #expect(rows == 3)
            try await test.expire(context)
            #expect(try await test.logRows() == 3)
        }
    }

    @Test(arguments: TestDatabase.kinds) func expiredEntitiesMakeRoom(kind: TestDatabase.Kind) async throws {
        try await withStore(kind) { test in
            let clock = TestClock(Self.start)
            let context = OperationContext.test(clock: clock)
            var write = shelter(1)
            write.entity.expiresAt = Self.start.advanced(bySeconds: 60)
            _ = try await test.store.create(context, write)
            clock.advance(bySeconds: 61)
            let fresh = try await test.store.create(context, shelter(1))
            #expect(fresh.version == 1)
            #expect(fresh.expiresAt == nil)
            write.entity.expiresAt = clock.now().advanced(bySeconds: 5)
            _ = try await test.store.replace(context, write)
            clock.advance(bySeconds: 6)
            let outcomes = try await test.store.batch(context, [.upsert(shelter(1), whole: false)])
            guard case .success(.created) = outcomes[0] else {
                Issue.record("It is created anew.")
                return
            }
            #expect(try await test.store.get(context, id: Self.id) != nil)
        }
    }

    @Test(arguments: TestDatabase.kinds) func expiredAttributesAreNotSeenAndThenGo(kind: TestDatabase.Kind) async throws
    {
        try await withStore(kind) { test in
            let clock = TestClock(Self.start)
            let context = OperationContext.test(clock: clock)
            let end: JSON = .string(DateTime.text(Self.start.advanced(bySeconds: 60)))
            let write = shelter(
                1,
                [
                    .init("alert", property("flood", ["expiresAt": end])), .init("name", property("A")),
                    .init(
                        "level",
                        [property(1), property(2, ["datasetId": "urn:x:forecast", "expiresAt": end])]),
                ])
            _ = try await test.store.create(context, write)
            clock.advance(bySeconds: 61)
            let seen = try #require(try await test.store.get(context, id: Self.id))
            #expect(seen.attributes.names == ["name", "level"])
            #expect(seen.attributes["level"] == property(1))
            let updated = try await test.store.updateAttributes(
                context, id: Self.id, attributes: JSONObject([.init("name", property("B"))]))
            #expect(updated.attributes.names == ["name", "level"])
            let found = try await test.store.query(
                context, EntityQuery(condition: try QueryCondition(parsing: "alert==\"flood\"|level==2")))
            #expect(found.entities.isEmpty)
            try await test.expire(context)
            #expect(try await test.logRows() == 2)
        }
    }
}

extension TestStore {
    fileprivate func expire(_ context: OperationContext) async throws {
        for job in store.jobs { try await job.run(context, JobRequest(type: job.name, key: "every")) }
    }
}
