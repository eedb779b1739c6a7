import HTTPTypes
import HigoTesting
import JSON
import Storage
import Testing
import Web

/// Many entities at once (ETSI GS CIM 009 clauses 5.6.7 to 5.6.10 and 5.6.20).
struct BatchTests {
    private static func room(_ number: Int, _ temperature: Int) -> JSON {
        ["id": .string("urn:r:\(number)"), "type": "Room", "temperature": .int(Int64(temperature)), "seats": 4]
    }

    private static func errors(_ answer: TestAnswer) -> [String] {
        answer.json["errors"]?.arrayValue?.map {
            let type = $0["error"]?["type"]?.stringValue?.split(separator: "/").last ?? ""
            return "\($0["entityId"]?.stringValue ?? "") \(type) \($0["error"]?["status"]?.intValue ?? 0)"
        } ?? []
    }

    @Test(arguments: TestDatabase.kinds) func createsEachByItself(kind: TestDatabase.Kind) async throws {
        try await withContextSite(kind) { site in
            let client = NGSIClient(site: site)
            let all = try await client.send(.post, "/entityOperations/create", [Self.room(1, 1), Self.room(2, 2)])
            #expect(all.status == 201)
            #expect(all.json == ["urn:r:1", "urn:r:2"])
            let some = try await client.send(
                .post, "/entityOperations/create",
                [
                    Self.room(1, 1), Self.room(3, 3), ["id": "urn:r:4"],
                    ["id": "urn:r:5", "type": "T", "a": ["type": "Property"]], 7,
                ])
            #expect(some.status == 207)
            #expect(some.json["success"] == ["urn:r:3"])
            #expect(
                Self.errors(some) == [
                    "urn:r:4 BadRequestData 400", "urn:ngsi-ld:null BadRequestData 400", "urn:r:1 AlreadyExists 409",
                    "urn:r:5 BadRequestData 400",
                ])
            for body: JSON in [[], [:], "x"] {
                expectNGSI(try await client.send(.post, "/entityOperations/create", body), 400, "BadRequestData")
            }
            #expect(site.ports.databases.main.statistics.lateRefusals == 0)
        }
    }

    @Test(arguments: TestDatabase.kinds) func upsertsReplacingOrUpdating(kind: TestDatabase.Kind) async throws {
        try await withContextSite(kind) { site in
            let client = NGSIClient(site: site)
            try await client.make(Self.room(1, 1))
            let mixed = try await client.send(
                .post, "/entityOperations/upsert",
                [
                    ["id": "urn:r:1", "type": "Room", "temperature": 9], Self.room(2, 2),
                ])
            #expect(mixed.status == 201)
            #expect(mixed.json == ["urn:r:2"])
            let updated = try await client.send(
                .post, "/entityOperations/upsert?options=update", [["id": "urn:r:2", "type": "Hall", "temperature": 8]])
            #expect(updated.status == 204)
            #expect(
                try await client.get("/entities?local=true&format=simplified").json == [
                    ["id": "urn:r:1", "type": "Room", "temperature": 9],
                    ["id": "urn:r:2", "type": ["Room", "Hall"], "temperature": 8, "seats": 4],
                ])
            expectNGSI(
                try await client.send(.post, "/entityOperations/upsert?options=maybe", [Self.room(1, 1)]), 400,
                "BadRequestData")
        }
    }

    @Test(arguments: TestDatabase.kinds) func updatesMergesAndDeletes(kind: TestDatabase.Kind) async throws {
        try await withContextSite(kind) { site in
            let client = NGSIClient(site: site)
            _ = try await client.send(.post, "/entityOperations/create", [Self.room(1, 1), Self.room(2, 2)])
            let kept = try await client.send(
                .post, "/entityOperations/update?options=noOverwrite",
                [["id": "urn:r:1", "temperature": 5, "area": 30]])
            #expect(kept.status == 204)
            let some = try await client.send(
                .post, "/entityOperations/update",
                [["id": "urn:r:2", "temperature": 6], ["id": "urn:r:9", "temperature": 6]])
            #expect(some.status == 207)
            #expect(some.json["success"] == ["urn:r:2"])
            #expect(Self.errors(some) == ["urn:r:9 ResourceNotFound 404"])
            let merged = try await client.send(
                .post, "/entityOperations/merge",
                [["id": "urn:r:1", "seats": "urn:ngsi-ld:null", "area": ["unitCode": "MTK"]]])
            #expect(merged.status == 204, "\(merged.text)")
            #expect(
                try await client.get("/entities?local=true&format=concise").json == [
                    ["id": "urn:r:1", "type": "Room", "temperature": 1, "area": ["value": 30, "unitCode": "MTK"]],
                    ["id": "urn:r:2", "type": "Room", "temperature": 6, "seats": 4],
                ])
            let deleted = try await client.send(.post, "/entityOperations/delete", ["urn:r:1", "urn:r:9", 5])
            #expect(deleted.status == 207)
            #expect(deleted.json["success"] == ["urn:r:1"])
            #expect(Self.errors(deleted) == ["urn:ngsi-ld:null BadRequestData 400", "urn:r:9 ResourceNotFound 404"])
            #expect(try await client.send(.post, "/entityOperations/delete", ["urn:r:2"]).status == 204)
            #expect(try await client.get("/entities?local=true").json == [])
        }
    }

    @Test(arguments: TestDatabase.kinds) func eachItemBringsItsOwnContext(kind: TestDatabase.Kind) async throws {
        try await withContextSite(kind) { site in
            let client = NGSIClient(site: site)
            let answer = try await client.send(
                .post, "/entityOperations/create",
                [
                    ["@context": ["a": "https://x.org/a"], "id": "urn:r:1", "type": "T", "a": 1],
                    ["@context": ["a": "https://y.org/a"], "id": "urn:r:2", "type": "T", "a": 2],
                    ["id": "urn:r:3", "type": "T"], ["@context": 5, "id": "urn:r:4", "type": "T"],
                ], type: "application/ld+json")
            #expect(answer.status == 207)
            #expect(answer.json["success"] == ["urn:r:1", "urn:r:2"])
            #expect(Self.errors(answer) == ["urn:r:3 BadRequestData 400", "urn:r:4 BadRequestData 400"])
            #expect(
                try await client.get("/entities?type=T&format=simplified").json == [
                    ["id": "urn:r:1", "type": "T", "https://x.org/a": 1],
                    ["id": "urn:r:2", "type": "T", "https://y.org/a": 2],
                ])
        }
    }
}
