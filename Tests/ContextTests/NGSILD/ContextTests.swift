import Foundation
import HTTPTypes
import HigoTesting
import JSON
import Platform
import Storage
import Synchronization
import Testing
import Web

/// Names of a client's context on the way in and out (ETSI GS CIM 009 clauses 5.5.7 and 6.3.5).
struct ContextTests {
    private static let core = "https://uri.etsi.org/ngsi-ld/v1/ngsi-ld-core-context-v1.9.jsonld"
    private static let address = "https://example.org/contexts/traffic.jsonld"
    private static let vehicle: JSON = [
        "id": "urn:ngsi-ld:Vehicle:1", "type": "Vehicle",
        "speed": ["type": "Property", "value": 80, "accuracy": ["type": "Property", "value": 1]],
        "colour": ["type": "VocabProperty", "vocab": "red"], "name": ["type": "Property", "value": "A"],
    ]

    private func withMapped(
        _ kind: TestDatabase.Kind, _ documents: [String: JSON] = ["traffic.jsonld": trafficContext],
        _ body: (TestSite) async throws -> Void
    ) async throws {
        try await withTemporaryFolder { folder in
            for (name, document) in documents {
                try Data(document.bytes).write(to: URL(fileURLWithPath: folder + "/" + name))
            }
            let settings = ContextSettings(mapping: "https://example.org/contexts/ \(folder)")
            try await withContextSite(kind, contexts: settings, body)
        }
    }

    @Test(arguments: TestDatabase.kinds) func expandsOnTheWayInAndCompactsOnTheWayOut(
        kind: TestDatabase.Kind
    ) async throws {
        try await withMapped(kind) { site in
            let (plain, client) = (NGSIClient(site: site), NGSIClient(site: site, context: Self.address))
            try await client.make(Self.vehicle)
            let stored: JSON = [
                "id": "urn:ngsi-ld:Vehicle:1", "type": "https://example.org/ns#Vehicle",
                "https://example.org/ns#speed": [
                    "type": "Property", "value": 80,
                    "https://example.org/ns#accuracy": ["type": "Property", "value": 1],
                ],
                "https://example.org/ns#colour": ["type": "VocabProperty", "vocab": "https://example.org/ns#red"],
                "name": ["type": "Property", "value": "A"],
            ]
            #expect(try await plain.entity("urn:ngsi-ld:Vehicle:1") == stored)
            let shown = try await client.get("/entities/urn:ngsi-ld:Vehicle:1")
            #expect(shown.json == Self.vehicle)
            #expect(
                shown["link"] == "<\(Self.address)>; rel=\"\(NGSIClient.relation)\"; type=\"application/ld+json\"")
            let linked = try await client.get("/entities/urn:ngsi-ld:Vehicle:1", accept: "application/ld+json")
            #expect(linked.json["@context"] == [.string(Self.address), .string(Self.core)])
            #expect(linked["link"] == nil)
            let found = try await client.get(
                "/entities?type=Vehicle&q=speed.accuracy==1;colour==%22red%22&expandValues=colour")
            #expect(found.json == [Self.vehicle], "\(found.text)")
            #expect(try await plain.get("/entities?type=Vehicle").json == [])
            let simple = try await client.get("/entities?type=Vehicle&attrs=colour&format=simplified")
            #expect(
                simple.json == [["id": "urn:ngsi-ld:Vehicle:1", "type": "Vehicle", "colour": ["vocab": "red"]]])
        }
    }

    @Test(arguments: TestDatabase.kinds) func takesIRIsWhereNamesStand(kind: TestDatabase.Kind) async throws {
        try await withContextSite(kind) { site in
            let client = NGSIClient(site: site)
            let (speed, path) = ("https://example.org/ns#speed", "/entities/urn:v:1")
            let encoded = Call.percentEncoded(speed, keeping: "")
            try await client.make([
                "id": "urn:v:1", "type": "https://example.org/ns#Vehicle", "https://example.org/ns#speed": 80,
                "https://uri.etsi.org/ngsi-ld/default-context/name": "A",
                "ngsi-ld:location": [
                    "type": "Point", "coordinates": [1, 2],
                ],
            ])
            let shown: JSON = [
                "id": "urn:v:1", "type": "https://example.org/ns#Vehicle", "https://example.org/ns#speed": 80,
                "name": "A", "location": ["type": "Point", "coordinates": [1, 2]],
            ]
            #expect(try await client.get(path + "?format=simplified").json == shown)
            for query in [
                "type=https://example.org/ns%23Vehicle", "attrs=\(encoded)", "q=\(encoded)%3E70", "q=\(encoded)==80",
                "type=(https://example.org/ns%23Vehicle%7CA)&orderBy=\(encoded);desc", "q=name==%22A%22",
                "q=https:%2F%2Furi.etsi.org%2Fngsi-ld%2Fdefault-context%2Fname==%22A%22",
            ] {
                let found = try await client.get("/entities?\(query)&pick=id")
                #expect(found.json.ids == ["urn:v:1"], "\(query) \(found.text)")
            }
            #expect(
                try await client.get(path + "?pick=\(encoded)&format=simplified").json == [
                    "https://example.org/ns#speed": 80
                ])
            #expect(try await client.send(.patch, path + "/attrs/\(encoded)", ["value": 90]).status == 204)
            #expect(try await client.delete(path + "/attrs/\(encoded)").status == 204)
            #expect(try await client.entity("urn:v:1")["https://example.org/ns#speed"] == nil)
        }
    }

    @Test(arguments: TestDatabase.kinds) func readsContextsInBodies(kind: TestDatabase.Kind) async throws {
        try await withMapped(kind) { site in
            let client = NGSIClient(site: site)
            let context: JSON = [.string(Self.address), ["wheels": "https://example.org/ns#wheels"]]
            var body: JSON = ["@context": context, "id": "urn:ngsi-ld:Vehicle:1", "type": "Vehicle", "wheels": 4]
            try await client.make(body, type: "application/ld+json")
            #expect(
                try await client.entity("urn:ngsi-ld:Vehicle:1") == [
                    "id": "urn:ngsi-ld:Vehicle:1", "type": "https://example.org/ns#Vehicle",
                    "https://example.org/ns#wheels": ["type": "Property", "value": 4],
                ])
            body = ["@context": context, "wheels": 3]
            let changed = try await client.send(
                .patch, "/entities/urn:ngsi-ld:Vehicle:1/attrs", body, type: "application/ld+json")
            #expect(changed.status == 204, "\(changed.text)")
            body = ["@context": context, "type": "Query", "entities": [["type": "Vehicle"]], "q": "wheels==3"]
            let found = try await client.send(.post, "/entityOperations/query", body, type: "application/ld+json")
            #expect(found.json.ids == ["urn:ngsi-ld:Vehicle:1"], "\(found.text)")
        }
    }

    @Test(arguments: TestDatabase.kinds) func refusesContextsInTheWrongPlace(kind: TestDatabase.Kind) async throws {
        try await withMapped(kind) { site in
            let (client, linked) = (NGSIClient(site: site), NGSIClient(site: site, context: Self.address))
            let body: JSON = ["id": "urn:ngsi-ld:Vehicle:1", "type": "Vehicle"]
            var with = body
            with["@context"] = .string(Self.address)
            expectNGSI(try await client.send(.post, "/entities", with), 400, "BadRequestData")
            expectNGSI(
                try await client.send(.post, "/entities", body, type: "application/ld+json"), 400, "BadRequestData")
            expectNGSI(
                try await linked.send(.post, "/entities", with, type: "application/ld+json"), 400, "BadRequestData")
            let bad: [JSON] = [
                5, ["a": 5], ["@context": ["a": ["@id": "https://x.org/a", "@context": [:]]]],
                ["a": ["@id": "https://x.org/a", "@context": [:]]], "not an address", "ftp://example.org/c.jsonld",
            ]
            for context in bad {
                with["@context"] = context
                let answer = try await client.send(.post, "/entities", with, type: "application/ld+json")
                expectNGSI(answer, 400, "BadRequestData", "\(context)")
            }
            expectNGSI(try await client.with(context: "/relative").get("/entities?type=A"), 400, "BadRequestData")
            let two = try await client.get(
                "/entities?type=A",
                headers: [
                    HTTPFieldName("Link") ?? .via:
                        "<https://a.org/1>; rel=\"\(NGSIClient.relation)\", <https://a.org/2>; rel=\"\(NGSIClient.relation)\""
                ])
            expectNGSI(two, 400, "BadRequestData")
        }
    }

    @Test(arguments: TestDatabase.kinds) func takesEveryCoreContext(kind: TestDatabase.Kind) async throws {
        try await withContextSite(kind) { site in
            for minor in 3...9 {
                let client = NGSIClient(
                    site: site, context: "https://uri.etsi.org/ngsi-ld/v1/ngsi-ld-core-context-v1.\(minor).jsonld")
                try await client.make(["id": .string("urn:ngsi-ld:Room:\(minor)"), "type": "Room", "a": 1])
                #expect(try await client.get("/entities/urn:ngsi-ld:Room:\(minor)?format=concise").json["a"] == 1)
            }
            let old = NGSIClient(
                site: site, context: "https://uri.etsi.org/ngsi-ld/v1/ngsi-ld-core-context-v1.0.jsonld")
            try await old.make(["id": "urn:ngsi-ld:Room:0", "type": "Room", "name": "A"])
            #expect(
                try await NGSIClient(site: site).entity("urn:ngsi-ld:Room:0")["https://uri.etsi.org/ngsi-ld/name"]
                    != nil)
        }
    }

    @Test(arguments: TestDatabase.kinds) func fetchesWithinBounds(kind: TestDatabase.Kind) async throws {
        let server = ContextServer([
            "good": { .json(trafficContext, type: "application/ld+json", headers: [.cacheControl: "max-age=600"]) },
            "moved": { Answer(.found, headers: [.location: "/good"]) },
            "round": { Answer(.found, headers: [.location: "/round"]) },
            "text": { .text("no context") },
            "large": { .json(["@context": ["a": .string("https://x.org/" + String(repeating: "a", count: 10_000))]]) },
            "broken": { Answer(.internalServerError) },
        ])
        try await server.run { address in
            let settings = ContextSettings(allowsLoopback: true, timeoutSeconds: 5, largestBytes: 5_000)
            try await withContextSite(kind, contexts: settings) { site in
                let client = NGSIClient(site: site)
                let made = try await client.with(context: address + "good").send(.post, "/entities", Self.vehicle)
                #expect(made.status == 201, "\(made.text)")
                let moved = try await client.with(context: address + "moved").get("/entities?type=Vehicle")
                #expect(moved.json.ids == ["urn:ngsi-ld:Vehicle:1"], "\(moved.text)")
                for name in ["round", "text", "large", "broken", "missing"] {
                    let answer = try await client.with(context: address + name).get("/entities?type=Vehicle")
                    expectNGSI(answer, 504, "LdContextNotAvailable", "\(name) \(answer.text)")
                }
                for _ in 1...3 { _ = try await client.with(context: address + "good").get("/entities?type=Vehicle") }
                #expect(server.requests.filter { $0 == "good" }.count == 2)
            }
        }
    }

    @Test(arguments: TestDatabase.kinds) func outlivesAContextThatIsGone(kind: TestDatabase.Kind) async throws {
        let server = ContextServer(["good": { .json(trafficContext, headers: [.cacheControl: "max-age=60"]) }])
        try await withContextSite(kind, contexts: ContextSettings(allowsLoopback: true)) { site in
            let address = Mutex("")
            try await server.run { start in
                address.withLock { $0 = start + "good" }
                let client = NGSIClient(site: site, context: start + "good")
                try await client.make(Self.vehicle)
            }
            let client = NGSIClient(site: site, context: address.withLock { $0 })
            site.clock.advance(bySeconds: 3_600)
            let stale = try await client.get("/entities?type=Vehicle")
            #expect(stale.json == [Self.vehicle], "\(stale.text)")
            site.clock.advance(bySeconds: 3 * 86_400)
            expectNGSI(try await client.get("/entities?type=Vehicle"), 504, "LdContextNotAvailable")
        }
    }

    @Test(arguments: TestDatabase.kinds) func refusesAddressesThatAreNotPublic(kind: TestDatabase.Kind) async throws {
        let server = ContextServer(["good": { .json(trafficContext) }])
        try await server.run { address in
            try await withContextSite(kind, contexts: ContextSettings()) { site in
                let others = [
                    "http://localhost:1/c", "http://10.0.0.1/c", "http://[::1]/c", "http://169.254.169.254/c",
                    "http://[::ffff:127.0.0.1]/c", "http://0x7f000001/c", "https://192.168.1.1/c",
                ]
                for context in [address + "good"] + others {
                    let answer = try await NGSIClient(site: site, context: context).get("/entities?type=Vehicle")
                    expectNGSI(answer, 504, "LdContextNotAvailable", "\(context) \(answer.text)")
                }
                #expect(server.requests == [])
            }
        }
    }
}
