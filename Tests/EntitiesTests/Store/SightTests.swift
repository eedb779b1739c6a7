import Entities
import HigoTesting
import Storage
import Testing

struct SightTests {
    @Test(arguments: TestDatabase.kinds) func whatOneMayNotSeeDoesNotExist(kind: TestDatabase.Kind) async throws {
        try await withStore(kind) { test in
            _ = try await test.upsert([
                shelter(1), shelter(2, visibility: .bodies), shelter(3, visibility: .tenant),
                shelter(4, visibility: .tenant, owner: "431001"),
            ])
            try await test.fold()
            let query = EntityQuery(types: ["EvacuationShelter"], limit: 2, countsAll: true)
            let cases: [(OperationContext, [Int], Int)] = [
                (.anonymous, [1], 1), (.officer(of: "431001"), [1, 2], 3), (.officer(of: "432024"), [1, 2], 2),
                (.officer(of: .prefecture), [1, 2], 3), (.test(), [1, 2], 4),
            ]
            for (context, numbers, total) in cases {
                let page = try await test.store.query(context, query)
                #expect(page.entities.numbers == numbers)
                #expect(page.total == total)
                let types = try await test.store.types(context)
                #expect(types.map(\.count) == [total])
                let towns = try await test.store.countsByMunicipality(context)
                #expect(towns == ["431001": ["EvacuationShelter": total]])
            }
            let hidden = try await test.store.get(.anonymous, id: "urn:ngsi-ld:EvacuationShelter:2")
            #expect(hidden == nil)
            let history = await code {
                try await test.store.history(.anonymous, id: "urn:ngsi-ld:EvacuationShelter:2", attribute: "name")
            }
            #expect(history == .notFound)
        }
    }
}
