import Entities
import HigoTesting
import JSON
import Storage
import Testing

struct BatchTests {
    @Test(arguments: TestDatabase.kinds) func eachItemIsDoneByItself(kind: TestDatabase.Kind) async throws {
        try await withStore(kind) { test in
            _ = try await test.upsert([
                shelter(1, [.init("a", property(1)), .init("b", property(2))]), shelter(2), shelter(3), shelter(4),
            ])
            var broken = shelter(8)
            broken.entity.types = []
            let outcomes = try await test.store.batch(
                .test(),
                [
                    .create(shelter(1)), .create(shelter(5)), .create(broken),
                    .upsert(shelter(1, [.init("b", property(3)), .init("c", property(4))]), whole: false),
                    .upsert(shelter(2, [.init("x", property(1))]), whole: true), .upsert(shelter(6), whole: true),
                    .edit(id: Self.id(3)) { _ in EntityEdit(attributes: [("y", property(1))]) },
                    .edit(id: "urn:x:none") { _ in EntityEdit() }, .delete(id: Self.id(4)), .delete(id: "urn:x:none"),
                    .upsert(shelter(6), whole: true),
                ])
            #expect(
                outcomes.map(Self.text) == [
                    "already-exists", "created 5", "invalid-input", "changed 1 b,c", "changed 2 x,name", "created 6",
                    "changed 3 y", "not-found", "deleted 4", "not-found", "unchanged 6",
                ])
            let page = try await test.store.query(.test(), EntityQuery(types: ["EvacuationShelter"]))
            #expect(page.entities.numbers == [1, 2, 3, 5, 6])
            #expect(page.entities[0].attributes.names == ["a", "b", "c"])
            #expect(test.database.statistics.lateRefusals == 0)
            #expect(test.database.statistics.replays == 0)
        }
    }

    @Test(arguments: TestDatabase.kinds) func equalIdsAreHandledInOrder(kind: TestDatabase.Kind) async throws {
        try await withStore(kind) { test in
            let outcomes = try await test.store.batch(
                .test(),
                [
                    .upsert(shelter(1, [.init("a", property(1))]), whole: true),
                    .upsert(shelter(1, [.init("b", property(2))]), whole: false),
                    .create(shelter(1)), .delete(id: Self.id(1)), .create(shelter(1, [.init("c", property(3))])),
                    .edit(id: Self.id(1)) { _ in EntityEdit(attributes: [("d", property(4))]) },
                ])
            #expect(
                outcomes.map(Self.text) == [
                    "created 1", "changed 1 b", "already-exists", "deleted 1", "created 1", "changed 1 d",
                ])
            let stored = try await test.store.get(.test(), id: Self.id(1))
            #expect(stored?.attributes.names == ["c", "d"])
            let rows = try await test.logRows()
            #expect(rows == 5)
            let found = try await test.store.query(.test(), EntityQuery(condition: try QueryCondition(parsing: "a|b")))
            #expect(found.entities.isEmpty)
        }
    }

    @Test(arguments: TestDatabase.kinds) func longBatchesTakeSeveralTransactions(kind: TestDatabase.Kind) async throws {
        try await withStore(kind) { test in
            let before = test.database.statistics.bodies
            let outcomes = try await test.store.batch(
                .test(), (0..<250).map { .upsert(shelter($0 % 240), whole: true) })
            #expect(outcomes.count == 250)
            #expect(outcomes.map(Self.text).filter { $0.hasPrefix("unchanged") }.count == 10)
            #expect(test.database.statistics.bodies - before == 3)
        }
    }

    @Test(arguments: TestDatabase.kinds) func twoEqualBatchesAtOnceBothSucceed(kind: TestDatabase.Kind) async throws {
        try await withStore(kind) { test in
            let items: [BatchItem] = (0..<50).map { .upsert(shelter($0), whole: false) }
            let store = test.store
            let all = try await withThrowingTaskGroup(of: [String].self) { group in
                for _ in 0..<4 {
                    group.addTask { try await store.batch(.test(), items).map(Self.text) }
                }
                return try await group.reduce(into: [String]()) { $0 += $1 }
            }
            #expect(all.filter { $0.hasPrefix("created") }.count == 50)
            #expect(all.filter { $0.hasPrefix("unchanged") }.count == 150)
        }
    }

    @Test(arguments: TestDatabase.kinds) func whatIsAnotherBodysStays(kind: TestDatabase.Kind) async throws {
        try await withStore(kind) { test in
            _ = try await test.upsert([shelter(1), shelter(2, owner: "431001")])
            let outcomes = try await test.store.batch(
                .officer(of: "431001"),
                [
                    .upsert(shelter(1, [.init("x", property(1))]), whole: false), .delete(id: Self.id(1)),
                    .upsert(shelter(2, [.init("x", property(1))]), whole: false),
                ])
            #expect(outcomes.map(Self.text) == ["forbidden", "forbidden", "changed 2 x"])
        }
    }

    @Test(arguments: TestDatabase.kinds) func purgesEntitiesOrAttributes(kind: TestDatabase.Kind) async throws {
        try await withStore(kind) { test in
            _ = try await test.upsert(
                (0..<120).map {
                    shelter(
                        $0, [.init("a", property(.int(Int64($0)))), .init("b", property(1)), .init("c", property(2))])
                })
            let query = EntityQuery(
                types: ["EvacuationShelter"], condition: try QueryCondition(parsing: "a>=10"), limit: 1)
            let dropped = try await test.store.purge(.test(), query, .attributes(["b", "none"]))
            #expect(dropped == 110)
            let kept = try await test.store.purge(.test(), query, .allAttributes(but: ["a"]))
            #expect(kept == 110)
            let some = try await test.store.get(.test(), id: Self.id(50))
            #expect(some?.attributes.names == ["a"])
            let deleted = try await test.store.purge(.test(), query)
            #expect(deleted == 110)
            let left = try await test.store.query(.test(), EntityQuery(limit: 0, countsAll: true))
            #expect(left.total == 10)
        }
    }

    private static func id(_ number: Int) -> String { "urn:ngsi-ld:EvacuationShelter:\(number)" }

    private static func text(_ result: Result<BatchOutcome, Refusal>) -> String {
        switch result {
        case .success(.created(let entity)): "created \([entity].numbers[0])"
        case .success(.changed(let entity, let names)):
            "changed \([entity].numbers[0]) \(names.joined(separator: ","))"
        case .success(.unchanged(let entity)): "unchanged \([entity].numbers[0])"
        case .success(.deleted(let entity)): "deleted \([entity].numbers[0])"
        case .failure(let refusal): refusal.code.rawValue
        }
    }
}
