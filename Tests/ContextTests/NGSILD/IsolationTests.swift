import Entities
import HTTPTypes
import HigoTesting
import JSON
import Storage
import Testing
import Web

struct IsolationTests {
    /// Who sees how many of: one public, one for bodies, one of the prefecture's, one of Kumamoto City's.
    private static let viewers: [(Persona, Set<Int>)] = [
        (.anonymous, [1]), (.officer(of: "432024"), [1, 2]), (.officer(of: "431001"), [1, 2, 4]),
        (.machine(of: .prefecture), [1, 2, 3]),
    ]

    @Test(arguments: TestDatabase.kinds) func whatOneMayNotSeeIsNotFoundAndNotCounted(
        kind: TestDatabase.Kind
    ) async throws {
        try await withContextSite(kind) { site in
            try await site.load([
                shelter(1), shelter(2, visibility: .bodies), shelter(3, visibility: .tenant),
                shelter(4, visibility: .tenant, owner: "431001"),
            ])
            for (viewer, seen) in Self.viewers {
                for number in 1...4 {
                    let id = "urn:ngsi-ld:EvacuationShelter:431001:\(number)"
                    let answer = try await site.get("/ngsi-ld/v1/entities/\(id)", as: viewer)
                    #expect(answer.status == (seen.contains(number) ? 200 : 404))
                }
                for query in ["type=EvacuationShelter", "q=capacity%3E0", "q=name!=%22x%22", "bbox=130,32,131,33"] {
                    let list = try await site.get("/ngsi-ld/v1/entities?\(query)&count=true", as: viewer)
                    #expect(list["NGSILD-Results-Count"] == String(seen.count))
                    #expect(list.json.arrayValue?.count == seen.count)
                }
            }
        }
    }

    @Test(arguments: TestDatabase.kinds) func writesNeedThePermissionAndTheOwner(kind: TestDatabase.Kind) async throws {
        try await withContextSite(kind) { site in
            try await site.load([shelter(1), shelter(2, visibility: .tenant)])
            let path = "/ngsi-ld/v1/entities/urn:ngsi-ld:EvacuationShelter:431001:"
            let other = Persona.machine(of: "431001", may: writer)
            let cases: [(Persona, String, Int)] = [
                (.anonymous, "1", 401), (.machine(of: .prefecture), "1", 403), (other, "1", 403), (other, "2", 404),
            ]
            for (persona, number, status) in cases {
                let patched = try await site.send(.patch, path + number + "/attrs", json: ["capacity": 1], as: persona)
                #expect(patched.status == status)
                let deleted = try await site.send(.delete, path + number, as: persona)
                #expect(deleted.status == status)
            }
            #expect(site.ports.databases.main.statistics.lateRefusals == 0)
        }
    }
}
