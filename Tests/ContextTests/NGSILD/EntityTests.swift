import HTTPTypes
import HigoTesting
import JSON
import Storage
import Testing
import Web

struct EntityTests {
    private static let room: JSON = [
        "id": "urn:ngsi-ld:Room:1", "type": "Room",
        "temperature": [
            "type": "Property", "value": .number("21.50"), "unitCode": "CEL", "observedAt": "2026-04-01T00:00:00Z",
        ],
        "isIn": ["type": "Relationship", "object": "urn:ngsi-ld:Building:1"],
    ]
    private static let path = "/ngsi-ld/v1/entities/urn:ngsi-ld:Room:1"

    @Test(arguments: TestDatabase.kinds) func createsReadsUpdatesAndDeletes(kind: TestDatabase.Kind) async throws {
        try await withContextSite(kind) { site in
            let key = Persona.machine(may: writer)
            let created = try await site.send(.post, "/ngsi-ld/v1/entities", json: Self.room, as: key)
            #expect(created.status == 201)
            #expect(created["location"] == Self.path)

            let read = try await site.get(Self.path, as: key)
            #expect(read.status == 200)
            #expect(read.text == Self.room.description)
            #expect(read.mediaType == "application/json")
            #expect(read["link"]?.contains("ngsi-ld-core-context") == true)
            let tag = try #require(read["etag"])
            let known = try await site.get(Self.path, as: key, headers: [.ifNoneMatch: tag])
            #expect(known.status == 304)

            let changed = try await site.send(
                .patch, Self.path + "/attrs", json: ["temperature": ["type": "Property", "value": 30]], as: key)
            #expect(changed.status == 204)
            let stale = try await site.send(
                .patch, Self.path + "/attrs", json: ["temperature": 31], as: key, headers: [.ifMatch: tag])
            #expect(stale.status == 412)
            let partly = try await site.send(
                .patch, Self.path + "/attrs", json: ["temperature": 32, "other": 1], as: key)
            #expect(partly.status == 207)
            #expect(partly.json["updated"] == ["temperature"])
            #expect(partly.json["notUpdated"]?[0]?["attributeName"] == "other")
            let simple = try await site.get(Self.path + "?options=keyValues", as: key)
            #expect(
                simple.json == [
                    "id": "urn:ngsi-ld:Room:1", "type": "Room", "temperature": 32, "isIn": "urn:ngsi-ld:Building:1",
                ])

            let deleted = try await site.send(.delete, Self.path, as: key)
            #expect(deleted.status == 204)
            let gone = try await site.get(Self.path, as: key)
            #expect(gone.status == 404)
            #expect(gone.json["type"] == "https://uri.etsi.org/ngsi-ld/errors/ResourceNotFound")
            #expect(site.ports.databases.main.statistics.lateRefusals == 0)
        }
    }

    @Test(arguments: TestDatabase.kinds) func showsEachRepresentation(kind: TestDatabase.Kind) async throws {
        try await withContextSite(kind) { site in
            let key = Persona.machine(may: writer)
            _ = try await site.send(.post, "/ngsi-ld/v1/entities", json: Self.room, as: key)
            let concise = try await site.get(Self.path + "?format=concise", as: key)
            #expect(
                concise.json == [
                    "id": "urn:ngsi-ld:Room:1", "type": "Room",
                    "temperature": [
                        "value": .number("21.50"), "unitCode": "CEL", "observedAt": "2026-04-01T00:00:00Z",
                    ],
                    "isIn": ["object": "urn:ngsi-ld:Building:1"],
                ])
            let times = try await site.get(Self.path + "?options=sysAttrs&attrs=isIn", as: key)
            #expect(
                times.json == [
                    "id": "urn:ngsi-ld:Room:1", "type": "Room", "createdAt": "2026-04-01T00:00:00.000Z",
                    "modifiedAt": "2026-04-01T00:00:00.000Z",
                    "isIn": [
                        "type": "Relationship", "object": "urn:ngsi-ld:Building:1",
                        "createdAt": "2026-04-01T00:00:00.000Z", "modifiedAt": "2026-04-01T00:00:00.000Z",
                    ],
                ])
            let linked = try await site.get(Self.path, as: key, accept: "application/ld+json")
            #expect(linked.mediaType == "application/ld+json")
            #expect(linked["link"] == nil)
            #expect(linked.json["@context"]?.stringValue?.contains("ngsi-ld-core-context") == true)
            let none = try await site.get(Self.path + "?attrs=nothing", as: key)
            #expect(none.status == 404)
        }
    }

    @Test(arguments: TestDatabase.kinds) func refusesBadBodies(kind: TestDatabase.Kind) async throws {
        try await withContextSite(kind) { site in
            let key = Persona.machine(may: writer)
            let (json, linked) = ("application/json", "application/ld+json")
            let cases: [(String, String, Int, String)] = [
                ("{", json, 400, "InvalidRequest"), ("[]", json, 400, "BadRequestData"),
                (#"{"id":"urn:a:b"}"#, json, 400, "BadRequestData"),
                (#"{"id":"x","type":"T"}"#, json, 400, "BadRequestData"),
                (#"{"id":"urn:a:b","type":"T","a":{"type":"Property"}}"#, json, 400, "BadRequestData"),
                (#"{"id":"urn:a:b","type":"T","@context":[]}"#, json, 400, "BadRequestData"),
                (#"{"id":"urn:a:b","type":"T"}"#, linked, 400, "BadRequestData"),
                (
                    #"{"id":"urn:a:b","type":"T","@context":"https://example.org/c.jsonld"}"#, linked, 504,
                    "LdContextNotAvailable"
                ),
                (#"{"id":"urn:a:b","type":"T"}"#, "text/plain", 415, "InvalidRequest"),
            ]
            for (body, type, status, error) in cases {
                let answer = try await site.send(
                    .post, "/ngsi-ld/v1/entities", as: key, headers: [.contentType: type], body: Array(body.utf8))
                #expect(answer.status == status, "\(body)")
                #expect(answer.json["type"] == .string("https://uri.etsi.org/ngsi-ld/errors/\(error)"), "\(body)")
            }
            let conflict = try await site.send(.post, "/ngsi-ld/v1/entities", json: Self.room, as: key)
            let again = try await site.send(.post, "/ngsi-ld/v1/entities", json: Self.room, as: key)
            #expect(conflict.status == 201)
            #expect(again.status == 409)
            #expect(again.json["type"] == "https://uri.etsi.org/ngsi-ld/errors/AlreadyExists")
        }
    }

    @Test(arguments: TestDatabase.kinds) func spacesAreApart(kind: TestDatabase.Kind) async throws {
        try await withContextSite(kind) { site in
            let key = Persona.machine(of: "431001", may: writer)
            let other = Persona.machine(of: "432024", may: writer)
            let field = try #require(HTTPFieldName("NGSILD-Tenant"))
            let unknown = try await site.get(Self.path, as: key, headers: [field: "431001_bousai"])
            #expect(unknown.status == 404)
            #expect(unknown.json["type"] == "https://uri.etsi.org/ngsi-ld/errors/NonexistentTenant")
            let foreign = try await site.send(
                .post, "/ngsi-ld/v1/entities", json: Self.room, as: other, headers: [field: "431001_bousai"])
            #expect(foreign.status == 403)
            let created = try await site.send(
                .post, "/ngsi-ld/v1/entities", json: Self.room, as: key, headers: [field: "431001_bousai"])
            #expect(created.status == 201)
            #expect(created["NGSILD-Tenant"] == "431001_bousai")
            let there = try await site.get(Self.path, as: key, headers: [field: "431001_bousai"])
            #expect(there.status == 200)
            let here = try await site.get(Self.path, as: key)
            #expect(here.status == 404)
        }
    }
}
