import Entities
import HigoTesting
import JSON
import Storage
import Testing

struct ChangeViewTests {
    @Test(arguments: TestDatabase.kinds) func showsEachChangeAndLeadsBack(kind: TestDatabase.Kind) async throws {
        try await withStore(kind) { test in
            let store = test.store
            var write = shelter(1, [.init("a", property(1)), .init("b", property(2))])
            write.entity.scopes = ["/A"]
            let first = try await store.create(.test(), write)
            let second = try await store.edit(.test(), id: first.id) { _ in
                EntityEdit(attributes: [("a", property(9)), ("b", nil), ("c", property(3))], scopes: ["/B"])
            }.entity
            let third = try await store.edit(.test(), id: first.id) { entity in
                EntityEdit(attributes: [("c", nil)], types: entity.types + ["Other"])
            }.entity
            try await store.delete(.test(), id: first.id)
            try await waitForHorizon(of: test.database)
            let records = try await test.database.query(.test()) { reader throws(Refusal) in
                try ChangeLog.read(after: .start, limit: 10, in: reader)
            }
            let views = records.compactMap(EntityChangeView.init)
            try #require(views.count == 4)
            #expect(views.map(\.kind) == [.created, .updated, .updated, .deleted])
            #expect(views.map(\.version) == [1, 2, 3, 3])
            #expect(views.map(\.added) == [["a", "b"], ["c"], [], []])
            #expect(views.map(\.changed) == [[], ["a"], [], []])
            #expect(views.map(\.removed) == [[], ["b"], ["c"], ["a"]])
            #expect(views.map(\.scopes) == [["/A"], ["/B"], ["/B"], ["/B"]])
            #expect(views[2].typesBefore == ["EvacuationShelter"])
            let deleted = try #require(StoredEntity(deletedBy: views[3]))
            #expect(deleted.document == third.document)
            let changes = Array(views[1...2].reversed())
            #expect(third.reverted(by: [views[2]]).attributes == second.attributes)
            let back = third.reverted(by: changes)
            #expect(Set(back.attributes.members) == Set(first.attributes.members))
            #expect(back.types == first.types)
            #expect(back.scopes == ["/A"])
            #expect(second.reverted(by: changes).version == 1)
        }
    }
}
