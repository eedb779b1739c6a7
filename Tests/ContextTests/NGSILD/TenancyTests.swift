import HTTPTypes
import HigoTesting
import JSON
import Storage
import Testing
import Web

/// One tenant's requests never reach another's entities (ETSI GS CIM 009 clauses 4.14 and 6.3.14).
struct TenancyTests {
    private static let body: JSON = ["a": 2]
    private static let id = "urn:r:1"

    /// Every way to read or change entities, with the status that it has where the entity is not.
    private static let ways: [(HTTPRequest.Method, String, JSON?, Int)] = [
        (.get, "/entities/\(id)", nil, 404), (.patch, "/entities/\(id)", body, 404),
        (.put, "/entities/\(id)", ["type": "Room"], 404), (.delete, "/entities/\(id)", nil, 404),
        (.post, "/entities/\(id)/attrs", body, 404), (.patch, "/entities/\(id)/attrs", body, 404),
        (.patch, "/entities/\(id)/attrs/a", ["value": 2], 404), (.put, "/entities/\(id)/attrs/a", ["value": 2], 404),
        (.delete, "/entities/\(id)/attrs/a", nil, 404), (.delete, "/entities?type=Room", nil, 204),
        (.post, "/entityOperations/update", [["id": .string(id), "a": 2]], 207),
        (.post, "/entityOperations/merge", [["id": .string(id), "a": 2]], 207),
        (.post, "/entityOperations/delete", [.string(id)], 207),
        (.post, "/entityOperations/purge", ["type": "Query", "entities": [["type": "Room"]]], 204),
    ]

    @Test(arguments: TestDatabase.kinds) func spacesAreApart(kind: TestDatabase.Kind) async throws {
        try await withContextSite(kind) { site in
            let area = NGSIClient(site: site, persona: .machine(of: "431001", may: writer))
            let (first, second) = (area.with(tenant: "431001_a"), area.with(tenant: "431001_b"))
            for client in [area, first] { try await client.make(["id": .string(Self.id), "type": "Room", "a": 1]) }
            try await second.make(["id": "urn:r:2", "type": "Room", "a": 1])
            for (method, target, json, status) in Self.ways {
                let answer =
                    if let json { try await second.send(method, target, json) } else {
                        method == .get ? try await second.get(target) : try await second.delete(target)
                    }
                #expect(answer.status == status, "\(method) \(target) \(answer.text)")
                #expect(answer.status >= 400 || answer["NGSILD-Tenant"] == "431001_b")
            }
            for client in [area, first] {
                #expect(
                    try await client.get("/entities?local=true&format=simplified").json == [
                        ["id": .string(Self.id), "type": "Room", "a": 1]
                    ])
            }
            #expect(try await second.get("/entities?local=true").json == [])
            let added = try await first.send(.post, "/jsonldContexts", trafficContext)
            #expect(added.status == 201)
            #expect(try await second.get("/jsonldContexts").json == [])
            let path = try #require(added["location"]).dropFirst("/ngsi-ld/v1".count)
            #expect(try await second.get(String(path)).status == 404)
        }
    }

    @Test(arguments: TestDatabase.kinds) func unknownTenantsAreNotFound(kind: TestDatabase.Kind) async throws {
        try await withContextSite(kind) { site in
            let client = NGSIClient(site: site, tenant: "nowhere")
            for target in [
                "/entities?type=A", "/entities/urn:a:b", "/types", "/types/A", "/attributes", "/attributes/a",
                "/jsonldContexts",
            ] {
                expectNGSI(try await client.get(target), 404, "NonexistentTenant", "\(target)")
            }
            expectNGSI(
                try await client.send(
                    .post, "/entityOperations/query", ["type": "Query", "entities": [["type": "A"]]]), 404,
                "NonexistentTenant")
            let other = NGSIClient(site: site, persona: .machine(of: "431001", may: writer), tenant: "432024_x")
            #expect(
                try await other.send(.post, "/entityOperations/create", [["id": "urn:a:b", "type": "T"]]).status == 403)
        }
    }

    @Test(arguments: TestDatabase.kinds) func writingNeedsThePermission(kind: TestDatabase.Kind) async throws {
        try await withContextSite(kind) { site in
            for (persona, status) in [(Persona.anonymous, 401), (.machine(may: ["context.entity.read"]), 403)] {
                let client = NGSIClient(site: site, persona: persona)
                for (method, target, json, _) in Self.ways where method != .get {
                    let answer =
                        if let json { try await client.send(method, target, json) } else {
                            try await client.delete(target)
                        }
                    #expect(answer.status == status, "\(method) \(target)")
                }
            }
        }
    }
}
