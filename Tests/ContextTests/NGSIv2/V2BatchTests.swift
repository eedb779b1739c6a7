import HTTPTypes
import HigoTesting
import JSON
import Storage
import Testing
import Web

struct V2BatchTests {
    private func update(_ client: V2Client, _ action: String, _ entities: JSON) async throws -> TestAnswer {
        try await client.send(
            .post, "/op/update?options=keyValues", ["actionType": .string(action), "entities": entities])
    }

    @Test(arguments: TestDatabase.kinds) func appliesEachAction(kind: TestDatabase.Kind) async throws {
        try await withContextSite(kind) { site in
            let client = V2Client(site: site)
            let appended = try await update(
                client, "append",
                [
                    ["id": "E1", "type": "T", "A": 1, "B": 2], ["id": "E2", "type": "T", "A": 1],
                    ["id": "E1", "type": "T", "C": 3],
                    ["id": "urn:ngsi-ld:T:3", "type": "T", "A": 1], ["id": "E1", "type": "U", "A": 9],
                ])
            #expect(appended.status == 204, "\(appended.text)")
            #expect(
                try await client.get("/entities/E1?type=T&options=keyValues").json == [
                    "id": "E1", "type": "T", "A": 1, "B": 2, "C": 3,
                ])
            #expect(try await client.get("/entities/E1?type=U&options=keyValues").json["A"] == 9)
            let strict = try await update(
                client, "appendStrict",
                [["id": "E1", "type": "T", "A": 5, "D": 5], ["id": "E2", "type": "T", "E": 5]])
            expectError(
                strict, 422, "PartialUpdate", "one or more of the attributes in the request already exist: E1/T - [ A ]"
            )
            let whole = try await update(
                client, "appendStrict", [["id": "E1", "type": "T", "A": 5], ["id": "E2", "type": "T", "A": 5]])
            expectError(
                whole, 422, "Unprocessable",
                "one or more of the attributes in the request already exist: E1/T - [ A ], E2/T - [ A ]")
            let updated = try await update(
                client, "update", [["id": "E1", "type": "T", "A": 6], ["id": "G", "type": "T", "A": 1]])
            expectError(updated, 422, "PartialUpdate", "do not exist: G/T - [entity itself]")
            let none = try await update(client, "update", [["id": "F", "type": "T", "A": 1], ["id": "G", "A": 1]])
            expectError(none, 404, "NotFound", "do not exist: F/T - [entity itself], G - [entity itself]")
            let replaced = try await update(client, "replace", [["id": "E2", "type": "T", "Z": 1]])
            #expect(replaced.status == 204)
            #expect(try await client.values("E2") == ["Z": 1])
            let deleted = try await update(
                client, "delete", [["id": "E2", "type": "T"], ["id": "E1", "type": "T", "A": "", "B": ""]])
            #expect(deleted.status == 204, "\(deleted.text)")
            #expect(try await client.get("/entities/E2").status == 404)
            #expect(
                try await client.get("/entities/E1?type=T&options=keyValues").json == [
                    "id": "E1", "type": "T", "C": 3, "D": 5,
                ])
            expectError(
                try await update(client, "nonsense", [["id": "E"]]), 400, "BadRequest", "invalid update action type")
            expectError(try await update(client, "append", []), 400, "BadRequest", "empty entities vector")
            #expect(site.ports.databases.main.statistics.lateRefusals == 0)
        }
    }

    @Test(arguments: TestDatabase.kinds) func takesNotifications(kind: TestDatabase.Kind) async throws {
        try await withContextSite(kind) { site in
            let client = V2Client(site: site)
            let notified = try await client.send(
                .post, "/op/notify",
                [
                    "subscriptionId": "5aeb",
                    "data": [["id": "R", "type": "Room", "t": ["value": 35, "type": "Number"]]],
                ])
            #expect(notified.status == 200, "\(notified.text)")
            #expect(try await client.values("R") == ["t": 35])
            expectError(
                try await client.send(.post, "/op/notify", ["subscriptionId": "x", "data": 1]), 400, "BadRequest",
                "/data/ must be a JSON Array")
        }
    }

    @Test(arguments: TestDatabase.kinds) func equalBatchesAtOnceMakeOneEntity(kind: TestDatabase.Kind) async throws {
        try await withContextSite(kind) { site in
            let client = V2Client(site: site)
            let entities: JSON = .array((0..<30).map { ["id": .string("E\($0)"), "type": "T", "A": JSON($0)] })
            try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<6 { group.addTask { try await update(client, "append", entities).status } }
                for try await status in group { #expect(status == 204) }
            }
            #expect(try await client.get("/entities?limit=1&options=count")["fiware-total-count"] == "30")
        }
    }

    @Test(arguments: TestDatabase.kinds) func countsEveryIncrement(kind: TestDatabase.Kind) async throws {
        try await withContextSite(kind) { site in
            let client = V2Client(site: site)
            try await client.make(["id": "E", "A": ["value": 0]])
            try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<40 {
                    group.addTask {
                        try await client.send(.put, "/entities/E/attrs/A", ["value": ["$inc": 1], "type": "Number"])
                            .status
                    }
                }
                // A server may ask to try again later; it must not count twice or lose what it took.
                var taken = 0
                for try await status in group {
                    #expect([204, 503].contains(status))
                    taken += status == 204 ? 1 : 0
                }
                #expect(try await client.values("E") == ["A": JSON(taken)])
            }
        }
    }

    @Test(arguments: TestDatabase.kinds) func operatesOnValues(kind: TestDatabase.Kind) async throws {
        try await withContextSite(kind) { site in
            let client = V2Client(site: site)
            let cases: [(JSON, JSON, JSON)] = [
                (2, ["$inc": 2], 4), (3, ["$mul": .number("0.5")], .number("1.5")), (2, ["$min": 1], 1),
                (2, ["$min": 9], 2),
                (2, ["$max": 10], 10), ([1, 2], ["$push": 2], [1, 2, 2]),
                ([1, 2], ["$push": ["$each": [-1, 0], "$position": 0]], [-1, 0, 1, 2]),
                ([1, 2], ["$addToSet": 2], [1, 2]),
                ([1, 2], ["$addToSet": 3], [1, 2, 3]), ([1, 2, 1], ["$pull": 1], [2]),
                ([1, 2, 3], ["$pullAll": [2, 3]], [1]),
                (["X": 1, "Y": 2], ["$set": ["Y": 20, "Z": 30]], ["X": 1, "Y": 20, "Z": 30]),
                (["X": 1, "Y": 2], ["$unset": ["X": 1]], ["Y": 2]),
                (["X": 1, "Y": 2], ["$set": ["Y": 20], "$unset": ["X": 1]], ["Y": 20]), (1, ["$set": "foo"], "foo"),
            ]
            for (index, (before, operation, after)) in cases.enumerated() {
                let id = "E\(index)"
                try await client.make(["id": .string(id), "A": ["value": before]])
                let put = try await client.send(.put, "/entities/\(id)/attrs/A", ["value": operation])
                #expect(put.status == 204, "\(put.text)")
                #expect(try await client.values(id)["A"] == after, "\(operation)")
            }
            expectError(
                try await client.send(.put, "/entities/E0/attrs/A", ["value": ["$inc": "foo"]]), 500,
                "InternalServerError")
            try await client.make([
                "id": "N", "A": ["value": ["$inc": 4]], "B": ["value": ["$unset": 1]], "C": ["value": ["$push": 4]],
            ])
            #expect(try await client.values("N") == ["A": 4, "C": [4]])
        }
    }
}
