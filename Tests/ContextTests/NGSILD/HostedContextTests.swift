import Context
import HTTPTypes
import HigoTesting
import JSON
import Platform
import Storage
import Synchronization
import Testing
import Web

/// `/jsonldContexts` (ETSI GS CIM 009 clause 5.13).
struct HostedContextTests {
    @Test(arguments: TestDatabase.kinds) func keepsServesAndDeletesContexts(kind: TestDatabase.Kind) async throws {
        try await withContextSite(kind) { site in
            let client = NGSIClient(site: site)
            let added = try await client.send(.post, "/jsonldContexts", trafficContext)
            #expect(added.status == 201, "\(added.text)")
            let path = try #require(added["location"])
            let id = try #require(path.split(separator: "/").last.map(String.init))
            let served = try await site.get(path)
            #expect(served.json == trafficContext)
            #expect(served.mediaType == "application/ld+json")

            let user = client.with(context: "https://broker.example.org" + path)
            try await user.make(["id": "urn:ngsi-ld:Vehicle:1", "type": "Vehicle", "speed": 80])
            #expect(
                try await client.entity("urn:ngsi-ld:Vehicle:1")["type"] == "https://example.org/ns#Vehicle")

            let tenant = user.with(tenant: "431001_a", as: .machine(of: "431001", may: writer))
            try await tenant.make(["id": "urn:ngsi-ld:Vehicle:2", "type": "Vehicle"])
            #expect(
                try await tenant.entity("urn:ngsi-ld:Vehicle:2")["type"] == "https://example.org/ns#Vehicle")

            #expect(try await client.get("/jsonldContexts").json == [.string(path)])
            #expect(try await client.get("/jsonldContexts?kind=Cached").json == [])
            let details = try await client.get("/jsonldContexts?details=true&kind=Hosted").json[0]
            #expect(
                details == [
                    "URL": .string(path), "localId": .string(id), "kind": "Hosted",
                    "timestamp": "2026-04-01T00:00:00.000Z", "numberOfHits": 2,
                    "lastUsage": "2026-04-01T00:00:00.000Z",
                ])
            #expect(try await client.get("/jsonldContexts/\(id)?details=true").json == details)
            expectNGSI(try await client.delete("/jsonldContexts/\(id)?reload=true"), 400, "BadRequestData")
            let other = client.with(as: .machine(of: "431001", may: writer))
            #expect(try await other.delete("/jsonldContexts/\(id)").status == 403)
            #expect(try await client.delete("/jsonldContexts/\(id)").status == 204)
            expectNGSI(try await client.delete("/jsonldContexts/\(id)"), 404, "ResourceNotFound")
            expectNGSI(try await client.get("/jsonldContexts/\(id)"), 404, "ResourceNotFound")
        }
    }

    @Test(arguments: TestDatabase.kinds) func refusesWhatIsNoContext(kind: TestDatabase.Kind) async throws {
        try await withContextSite(kind) { site in
            let client = NGSIClient(site: site)
            for body: JSON in [
                [:], ["@context": .null], ["@context": 5],
                ["@context": ["a": ["@id": "https://x.org/a", "@context": [:]]]],
            ] {
                expectNGSI(try await client.send(.post, "/jsonldContexts", body), 400, "BadRequestData", "\(body)")
            }
            let nobody = client.with(as: .anonymous)
            #expect(try await nobody.send(.post, "/jsonldContexts", trafficContext).status == 401)
        }
    }

    @Test(arguments: TestDatabase.kinds) func listsAndReloadsCachedContexts(kind: TestDatabase.Kind) async throws {
        let server = ContextServer(["good": { .json(trafficContext, headers: [.cacheControl: "max-age=600"]) }])
        try await server.run { address in
            try await withContextSite(kind, contexts: ContextSettings(allowsLoopback: true)) { site in
                let (client, good) = (NGSIClient(site: site), address + "good")
                _ = try await client.with(context: good).get("/entities?type=Vehicle")
                #expect(try await client.get("/jsonldContexts?kind=Cached").json == [.string(good)])
                let path = "/jsonldContexts/" + Call.percentEncoded(good, keeping: "")
                #expect(try await client.get(path + "?details=true").json["kind"] == "Cached")
                expectNGSI(try await client.get(path), 422, "OperationNotSupported")
                #expect(try await client.delete(path + "?reload=true").status == 204)
                #expect(server.requests == ["good", "good"])
                #expect(try await client.delete(path).status == 204)
                #expect(try await client.get("/jsonldContexts").json == [])
            }
        }
    }

    @Test(arguments: TestDatabase.kinds) func fetchedContextsOutliveARestart(kind: TestDatabase.Kind) async throws {
        let server = ContextServer(["good": { .json(trafficContext, headers: [.cacheControl: "max-age=600"]) }])
        try await withContextSite(kind, contexts: ContextSettings(allowsLoopback: true)) { site in
            let good = Mutex("")
            try await server.run { address in
                good.withLock { $0 = address + "good" }
                let client = NGSIClient(site: site, context: address + "good")
                try await client.make(["id": "urn:v:1", "type": "Vehicle", "speed": 4])
            }
            var parts = SiteParts(modules: [ContextModule.module], ports: site.ports)
            parts.settings.accessLog = .off
            parts.clock = site.clock
            parts.anonymous = Persona.administrator.actor
            let again = try Site(parts)
            let headers = NGSIClient(site: site, context: good.withLock { $0 }).headers
            let answer = await again.answer(
                SiteRequest(
                    .get, "/ngsi-ld/v1/entities?type=Vehicle&format=simplified", authority: "higo.test",
                    headers: headers, body: .bytes([])))
            guard case .bytes(let bytes) = answer.body else { throw NoBody() }
            #expect(try JSON(parsing: bytes) == [["id": "urn:v:1", "type": "Vehicle", "speed": 4]])
            #expect(server.requests == ["good"])
        }
    }

    private struct NoBody: Error {}
}
