import HTTPTypes
import HigoTesting
import JSON
import Storage
import Testing
import Web

/// Many clients at once: each gets a true answer, and nothing is lost between them.
struct ConcurrencyTests {
    @Test(arguments: TestDatabase.kinds) func equalBatchesAtOnceLeaveOneState(kind: TestDatabase.Kind) async throws {
        try await withContextSite(kind) { site in
            let client = NGSIClient(site: site)
            let entities: [JSON] = (0..<60).map {
                ["id": .string("urn:r:\($0)"), "type": "Room", "n": .int(Int64($0)), "name": "room"]
            }
            let answers = try await together(8) { _ in
                try await client.send(.post, "/entityOperations/upsert", .array(entities))
            }
            #expect(answers.allSatisfy { $0.status == 201 || $0.status == 204 }, "\(answers.map(\.status))")
            let created = answers.filter { $0.status == 201 }.flatMap { $0.json.arrayValue ?? [] }
            #expect(created.count == 60)
            #expect(Set(created.compactMap(\.stringValue)).count == 60)
            let found = try await client.get("/entities?type=Room&limit=0&count=true")
            #expect(found["NGSILD-Results-Count"] == "60")
        }
    }

    @Test(arguments: TestDatabase.kinds) func aNewTenantIsMadeOnce(kind: TestDatabase.Kind) async throws {
        try await withContextSite(kind) { site in
            let persona = Persona.machine(of: "431001", may: writer)
            let answers = try await together(24) { number in
                try await NGSIClient(site: site, persona: persona, tenant: "431001_t\(number % 3)")
                    .send(.post, "/entities", ["id": .string("urn:r:\(number)"), "type": "Room"])
            }
            #expect(answers.allSatisfy { $0.status == 201 }, "\(answers.map(\.status))")
            for tenant in 0..<3 {
                let client = NGSIClient(site: site, persona: persona, tenant: "431001_t\(tenant)")
                #expect(try await client.get("/entities?type=Room&count=true")["NGSILD-Results-Count"] == "8")
            }
        }
    }

    @Test(arguments: TestDatabase.kinds) func mergesOfDifferentPartsAllCount(kind: TestDatabase.Kind) async throws {
        try await withContextSite(kind) { site in
            let client = NGSIClient(site: site)
            try await client.make(["id": "urn:r:1", "type": "Room", "n": 0])
            let answers = try await together(20) { number in
                try await client.send(.patch, "/entities/urn:r:1", .object(JSONObject([.init("a\(number)", 1)])))
            }
            #expect(answers.allSatisfy { $0.status == 204 }, "\(answers.map(\.status))")
            let names = try await client.entity("urn:r:1").objectValue?.names ?? []
            #expect(names.count == 23)
        }
    }

    private func together(
        _ count: Int, _ send: @escaping @Sendable (Int) async throws -> TestAnswer
    ) async throws -> [TestAnswer] {
        try await withThrowingTaskGroup(of: TestAnswer.self) { group in
            for number in 0..<count { group.addTask { try await send(number) } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
    }
}
