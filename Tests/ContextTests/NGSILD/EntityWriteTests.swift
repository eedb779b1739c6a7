import HTTPTypes
import HigoTesting
import JSON
import Testing

struct EntityWriteTests {
    private static let id = "urn:ngsi-ld:Room:1"
    private static let path = "/entities/urn:ngsi-ld:Room:1"
    private static let room: JSON = [
        "id": "urn:ngsi-ld:Room:1", "type": "Room", "scope": "/Kumamoto/Office",
        "temperature": [
            "type": "Property", "value": 21, "unitCode": "CEL", "accuracy": ["type": "Property", "value": 0.5],
        ],
        "isIn": ["type": "Relationship", "object": ["urn:ngsi-ld:Building:1", "urn:ngsi-ld:Building:2"]],
    ]

    @Test(arguments: TestDatabase.kinds) func replacesAnEntity(kind: TestDatabase.Kind) async throws {
        try await withContextSite(kind) { site in
            let client = NGSIClient(site: site)
            expectNGSI(try await client.send(.put, Self.path, ["type": "Room"]), 404, "ResourceNotFound")
            try await client.make(Self.room)
            let replaced = try await client.send(
                .put, Self.path, ["type": ["Room", "Hall"], "seats": 40, "expiresAt": "2026-12-31T00:00:00Z"])
            #expect(replaced.status == 204)
            #expect(
                try await client.entity(Self.id) == [
                    "id": "urn:ngsi-ld:Room:1", "type": ["Room", "Hall"], "expiresAt": "2026-12-31T00:00:00.000Z",
                    "seats": ["type": "Property", "value": 40],
                ])
            expectNGSI(
                try await client.send(.put, Self.path, ["id": "urn:x:y", "type": "Room"]), 400, "BadRequestData")
            expectNGSI(try await client.send(.put, Self.path, ["seats": 1]), 400, "BadRequestData")
        }
    }

    @Test(arguments: TestDatabase.kinds) func mergesIntoAnEntity(kind: TestDatabase.Kind) async throws {
        try await withContextSite(kind) { site in
            let client = NGSIClient(site: site)
            try await client.make(Self.room)
            let merged = try await client.send(
                .patch, Self.path + "?observedAt=2026-04-01T00:00:00Z",
                [
                    "type": "Hall",
                    "temperature": ["value": 22, "accuracy": "urn:ngsi-ld:null"],
                    "isIn": ["type": "Relationship", "object": "urn:ngsi-ld:null"],
                    "address": ["type": "Property", "value": ["city": "熊本市", "ward": "中央区"]],
                ], type: "application/merge-patch+json")
            #expect(merged.status == 204, "\(merged.text)")
            let again = try await client.send(
                .patch, Self.path, ["address": ["value": ["ward": .null, "town": "手取本町"]]],
                type: "application/merge-patch+json")
            #expect(again.status == 204, "\(again.text)")
            #expect(
                try await client.entity(Self.id) == [
                    "id": "urn:ngsi-ld:Room:1", "type": ["Room", "Hall"], "scope": "/Kumamoto/Office",
                    "temperature": [
                        "type": "Property", "value": 22, "unitCode": "CEL", "observedAt": "2026-04-01T00:00:00Z",
                    ],
                    "address": [
                        "type": "Property", "value": ["city": "熊本市", "town": "手取本町"],
                        "observedAt": "2026-04-01T00:00:00Z",
                    ],
                ])
            expectNGSI(try await client.send(.patch, Self.path, [:]), 400, "BadRequestData")
            expectNGSI(try await client.send(.patch, "/entities/urn:a:b", ["x": 1]), 404, "ResourceNotFound")
        }
    }

    @Test(arguments: TestDatabase.kinds) func mergesSimplifiedValuesIntoTheKindsThatAreThere(
        kind: TestDatabase.Kind
    ) async throws {
        try await withContextSite(kind) { site in
            let client = NGSIClient(site: site)
            try await client.make([
                "id": "urn:ngsi-ld:Room:1", "type": "Room", "isIn": ["object": "urn:ngsi-ld:Building:1"],
                "name": ["languageMap": ["ja": "会議室", "en": "Meeting room"]], "seats": 4,
            ])
            let merged = try await client.send(
                .patch, Self.path + "?format=simplified&lang=en",
                ["isIn": "urn:ngsi-ld:Building:2", "name": "Hall", "seats": 8])
            #expect(merged.status == 204, "\(merged.text)")
            let shown = try await client.get(Self.path + "?format=concise")
            #expect(
                shown.json == [
                    "id": "urn:ngsi-ld:Room:1", "type": "Room", "isIn": ["object": "urn:ngsi-ld:Building:2"],
                    "name": ["languageMap": ["ja": "会議室", "en": "Hall"]], "seats": 8,
                ])
        }
    }

    @Test(arguments: TestDatabase.kinds) func appendsAttributes(kind: TestDatabase.Kind) async throws {
        try await withContextSite(kind) { site in
            let client = NGSIClient(site: site)
            try await client.make(Self.room)
            let added = try await client.send(.post, Self.path + "/attrs", ["seats": 4, "temperature": 22])
            #expect(added.status == 204)
            let left = try await client.send(
                .post, Self.path + "/attrs?options=noOverwrite",
                ["seats": 5, "area": 30, "type": "Hall", "scope": "/Kumamoto/Annex"])
            #expect(left.status == 207)
            #expect(
                left.json == [
                    "updated": ["area", "scope"],
                    "notUpdated": [["attributeName": "seats", "reason": "The entity has the attribute already."]],
                ])
            #expect(
                try await client.get(Self.path + "?format=simplified").json == [
                    "id": "urn:ngsi-ld:Room:1", "type": ["Room", "Hall"],
                    "scope": ["/Kumamoto/Office", "/Kumamoto/Annex"], "temperature": 22,
                    "isIn": ["urn:ngsi-ld:Building:1", "urn:ngsi-ld:Building:2"], "seats": 4, "area": 30,
                ])
            expectNGSI(
                try await client.send(.post, Self.path + "/attrs?options=keep", ["a": 1]), 400, "BadRequestData")
            expectNGSI(try await client.send(.post, "/entities/urn:a:b/attrs", ["a": 1]), 404, "ResourceNotFound")
        }
    }

    @Test(arguments: TestDatabase.kinds) func updatesAPartOfAnAttribute(kind: TestDatabase.Kind) async throws {
        try await withContextSite(kind) { site in
            let client = NGSIClient(site: site)
            try await client.make(Self.room)
            let path = Self.path + "/attrs/temperature"
            let changed = try await client.send(
                .patch, path, ["value": 23, "unitCode": "urn:ngsi-ld:null", "observedAt": "2026-04-01T00:00:00Z"])
            #expect(changed.status == 204, "\(changed.text)")
            #expect(
                try await client.entity(Self.id)["temperature"] == [
                    "type": "Property", "value": 23, "accuracy": ["type": "Property", "value": 0.5],
                    "observedAt": "2026-04-01T00:00:00Z",
                ])
            expectNGSI(
                try await client.send(.patch, path, ["type": "Relationship", "object": "urn:a:b"]), 400,
                "BadRequestData")
            expectNGSI(
                try await client.send(.patch, Self.path + "/attrs/none", ["value": 1]), 404, "ResourceNotFound")
            expectNGSI(
                try await client.send(.patch, path, ["value": 1, "datasetId": "urn:d:1"]), 404, "ResourceNotFound")
            let replaced = try await client.send(.put, path, ["type": "Property", "value": 9])
            #expect(replaced.status == 204)
            #expect(try await client.entity(Self.id)["temperature"] == ["type": "Property", "value": 9])
            expectNGSI(try await client.send(.put, Self.path + "/attrs/none", ["value": 1]), 404, "ResourceNotFound")
        }
    }

    @Test(arguments: TestDatabase.kinds) func keepsInstancesApartByDataset(kind: TestDatabase.Kind) async throws {
        try await withContextSite(kind) { site in
            let client = NGSIClient(site: site)
            try await client.make([
                "id": "urn:ngsi-ld:Room:1", "type": "Room",
                "speed": [
                    ["value": 1], ["value": 2, "datasetId": "urn:d:gps"], ["value": 3, "datasetId": "urn:d:obd"],
                ],
            ])
            let path = Self.path + "/attrs/speed"
            #expect(
                try await client.send(.patch, path, ["value": 20, "datasetId": "urn:d:gps"]).status == 204)
            #expect(
                try await client.get(Self.path + "?format=simplified").json["speed"] == [
                    "dataset": ["@none": 1, "urn:d:gps": 20, "urn:d:obd": 3]
                ])
            #expect(
                try await client.get(Self.path + "?format=simplified&datasetId=urn:d:obd").json["speed"] == 3)
            #expect(try await client.delete(path + "?datasetId=urn:d:gps").status == 204)
            #expect(try await client.delete(path).status == 204)
            expectNGSI(try await client.delete(path), 404, "ResourceNotFound")
            #expect(
                try await client.entity(Self.id)["speed"] == [
                    "type": "Property", "value": 3, "datasetId": "urn:d:obd",
                ])
            #expect(try await client.delete(path + "?deleteAll=true").status == 204)
            #expect(try await client.entity(Self.id)["speed"] == nil)
            expectNGSI(
                try await client.delete(path + "?deleteAll=true&datasetId=urn:d:1"), 400, "BadRequestData")
        }
    }

    @Test(arguments: TestDatabase.kinds) func purgesWhatAQueryFinds(kind: TestDatabase.Kind) async throws {
        try await withContextSite(kind) { site in
            let client = NGSIClient(site: site)
            for number in 1...4 {
                try await client.make([
                    "id": .string("urn:ngsi-ld:Room:\(number)"), "type": "Room", "seats": .int(Int64(number)),
                    "name": "r",
                ])
            }
            expectNGSI(try await client.delete("/entities"), 400, "BadRequestData")
            expectNGSI(try await client.delete("/entities?type=*"), 400, "BadRequestData")
            #expect(try await client.delete("/entities?type=Room&q=seats%3E3").status == 204)
            #expect(try await client.delete("/entities?type=Room&q=seats==3&drop=name").status == 204)
            #expect(try await client.delete("/entities?type=Room&q=seats==2&keep=name").status == 204)
            let left = try await client.get("/entities?type=Room&format=simplified")
            #expect(
                left.json == [
                    ["id": "urn:ngsi-ld:Room:1", "type": "Room", "seats": 1, "name": "r"],
                    ["id": "urn:ngsi-ld:Room:2", "type": "Room", "name": "r"],
                    ["id": "urn:ngsi-ld:Room:3", "type": "Room", "seats": 3],
                ])
            let purged = try await client.send(
                .post, "/entityOperations/purge", ["type": "Query", "entities": [["type": "Room"]]])
            #expect(purged.status == 204, "\(purged.text)")
            #expect(try await client.get("/entities?type=Room").json == [])
        }
    }

    @Test(arguments: TestDatabase.kinds) func refusesIdsThatAreNoURIs(kind: TestDatabase.Kind) async throws {
        try await withContextSite(kind) { site in
            let client = NGSIClient(site: site)
            expectNGSI(try await client.get("/entities/Room1"), 400, "BadRequestData")
            expectNGSI(try await client.delete("/entities/Room1"), 400, "BadRequestData")
            for (method, target) in [
                (HTTPRequest.Method.put, ""), (.patch, ""), (.post, "/attrs"), (.patch, "/attrs"), (.patch, "/attrs/a"),
                (.put, "/attrs/a"),
            ] {
                let answer = try await client.send(method, "/entities/Room1" + target, ["type": "Room", "a": 1])
                expectNGSI(answer, 400, "BadRequestData", "\(method) \(target)")
            }
        }
    }

    @Test(arguments: TestDatabase.kinds) func passesOverASlashAtTheEnd(kind: TestDatabase.Kind) async throws {
        try await withContextSite(kind) { site in
            let client = NGSIClient(site: site)
            let created = try await client.send(.post, "/entities/", Self.room)
            #expect(created.status == 201)
            #expect(try await client.get("/entities/?type=Room").json.ids == [Self.id])
            // A hint of clients that ask several brokers.
            #expect(try await client.get(Self.path + "?type=Room").status == 200)
            let appended = try await client.send(.post, Self.path + "/attrs/", ["seats": 4])
            #expect(appended.status == 204)
            let deleted = try await client.send(.post, "/entityOperations/delete/", [.string(Self.id)])
            #expect(deleted.status == 204)
        }
    }
}
