import HTTPTypes
import HigoTesting
import JSON
import Storage
import Testing
import Web

struct V2EntityTests {
    private static let room: JSON = [
        "id": "Room1", "type": "Room",
        "temperature": [
            "type": "Number", "value": .number("21.50"),
            "metadata": ["accuracy": ["type": "Number", "value": .number("0.9")]],
        ],
        "seen": ["type": "DateTime", "value": "2026-04-01T00:00:00.000Z", "metadata": [:]],
        "location": ["type": "geo:json", "value": ["type": "Point", "coordinates": [130, 32]], "metadata": [:]],
    ]

    @Test(arguments: TestDatabase.kinds) func readsWhatItWrote(kind: TestDatabase.Kind) async throws {
        try await withContextSite(kind) { site in
            let client = V2Client(site: site)
            let made = try await client.send(.post, "/entities", Self.room)
            #expect(made.status == 201, "\(made.text)")
            #expect(made["location"] == "/v2/entities/Room1?type=Room")
            #expect(made["fiware-correlator"] != nil)
            let read = try await client.get("/entities/Room1?type=Room")
            #expect(read.status == 200)
            #expect(read.text == Self.room.description)
            let again = try await client.send(.post, "/entities", Self.room)
            expectError(again, 422, "Unprocessable", "Already Exists")
            let upsert = try await client.send(
                .post, "/entities?options=upsert,keyValues",
                [
                    "id": "Room1", "type": "Room", "humidity": 60,
                ])
            #expect(upsert.status == 204)
            let values = try await client.values("Room1")
            #expect(values["humidity"] == 60)
            #expect(values["temperature"] == .number("21.50"))
            let gone = try await client.delete("/entities/Room1")
            #expect(gone.status == 204)
            let missing = try await client.get("/entities/Room1")
            expectError(missing, 404, "NotFound", "The requested entity has not been found. Check type and id")
            #expect(site.ports.databases.main.statistics.lateRefusals == 0)
        }
    }

    @Test(arguments: TestDatabase.kinds) func bothProtocolsSeeOneEntity(kind: TestDatabase.Kind) async throws {
        try await withContextSite(kind) { site in
            let client = V2Client(site: site)
            try await client.make(["id": "urn:ngsi-ld:Room:1", "type": "Room", "t": ["value": 21, "type": "Celsius"]])
            let linked = try await site.get("/ngsi-ld/v1/entities/urn:ngsi-ld:Room:1", as: client.persona)
            #expect(
                linked.json == [
                    "id": "urn:ngsi-ld:Room:1", "type": "Room",
                    "t": ["type": "Property", "value": 21, "ngsiv2Type": ["type": "Property", "value": "Celsius"]],
                ])
            let entity: JSON = [
                "id": "urn:ngsi-ld:Room:2", "type": "Room",
                "in": ["type": "Relationship", "object": "urn:ngsi-ld:Building:1"],
                "t": ["type": "Property", "value": 20, "unitCode": "CEL", "observedAt": "2026-04-01T00:00:00Z"],
            ]
            _ = try await site.send(.post, "/ngsi-ld/v1/entities", json: entity, as: client.persona)
            let read = try await client.get("/entities/urn:ngsi-ld:Room:2")
            #expect(
                read.json == [
                    "id": "urn:ngsi-ld:Room:2", "type": "Room",
                    "in": ["type": "Relationship", "value": "urn:ngsi-ld:Building:1", "metadata": [:]],
                    "t": [
                        "type": "Number", "value": 20,
                        "metadata": [
                            "unitCode": ["type": "Text", "value": "CEL"],
                            "observedAt": ["type": "DateTime", "value": "2026-04-01T00:00:00.000Z"],
                        ],
                    ],
                ])
            let put = try await client.text("/entities/urn:ngsi-ld:Room:2/attrs/t/value", "22")
            #expect(put.status == 204)
            let after = try await site.get("/ngsi-ld/v1/entities/urn:ngsi-ld:Room:2?attrs=t", as: client.persona)
            #expect(after.json["t"]?["value"] == 22)
            #expect(after.json["t"]?["unitCode"] == "CEL")
            let named: JSON = [
                "id": "urn:ngsi-ld:Room:3", "type": "Room", "室温": ["type": "Property", "value": 1],
                "https://a.example/b#c": ["type": "Property", "value": 2],
            ]
            _ = try await site.send(.post, "/ngsi-ld/v1/entities", json: named, as: client.persona)
            let odd = "/entities/urn:ngsi-ld:Room:3/attrs/"
            for name in ["%E5%AE%A4%E6%B8%A9", "https:%2F%2Fa.example%2Fb%23c"] {
                #expect(try await client.text(odd + name + "/value", "7").status == 204)
                #expect(try await client.get(odd + name).json["value"] == 7)
                #expect(try await client.delete(odd + name).status == 204)
            }
            try await client.make(["id": "Room1", "type": "Room"])
            let plain = try await site.get("/ngsi-ld/v1/entities/urn:ngsi-v2:Room1", as: client.persona)
            #expect(plain.status == 200)
        }
    }

    @Test(arguments: TestDatabase.kinds) func tellsEntitiesOfOneIdApart(kind: TestDatabase.Kind) async throws {
        try await withContextSite(kind) { site in
            let client = V2Client(site: site)
            for (type, path) in [("A", nil), ("B", nil), ("A", "/x"), ("A", "/x/y")] as [(String, String?)] {
                try await client.at(path).make([
                    "id": "E", "type": .string(type), "p": ["value": .string("\(type)\(path ?? "")")],
                ])
            }
            let ambiguous = try await client.get("/entities/E")
            expectError(
                ambiguous, 409, "TooManyResults", "More than one matching entity. Please refine your query")
            let b = try await client.get("/entities/E?type=B&options=keyValues")
            #expect(b.json["p"] == "B")
            let deep = try await client.at("/x").get("/entities/E?options=keyValues")
            #expect(deep.json["p"] == "A/x")
            let list = try await client.at("/x/#").get("/entities?options=keyValues,count")
            #expect(list.json.arrayValue?.compactMap { $0["p"]?.stringValue } == ["A/x", "A/x/y"])
            #expect(list["fiware-total-count"] == "2")
            let root = try await client.at("/").get("/entities?id=E&options=keyValues")
            #expect(root.json.arrayValue?.compactMap { $0["p"]?.stringValue } == ["A", "B"])
            let both = try await client.at("/x,/x/y").get("/entities?options=values&attrs=servicePath")
            #expect(both.json == [["/x"], ["/x/y"]])
            for (type, path) in [("B", nil), ("A", nil), ("A", "/x/y"), ("A", "/x")] as [(String, String?)] {
                let gone = try await client.at(path).delete("/entities/E?type=\(type)")
                #expect(gone.status == 204)
            }
            let none = try await client.get("/entities")
            #expect(none.json == [])
        }
    }

    @Test(arguments: TestDatabase.kinds) func updatesAttributesAsOrionDoes(kind: TestDatabase.Kind) async throws {
        try await withContextSite(kind) { site in
            let client = V2Client(site: site)
            let e = "/entities/E/attrs"
            try await client.make(["id": "E", "type": "T", "A": 1, "B": 2], options: "?options=keyValues")
            let strict = try await client.send(.post, e + "?options=append,keyValues&type=T", ["B": 3, "C": 4])
            expectError(
                strict, 422, "PartialUpdate", "one or more of the attributes in the request already exist: E/T - [ B ]")
            #expect(try await client.values("E") == ["A": 1, "B": 2, "C": 4])
            let all = try await client.send(.post, e + "?options=append,keyValues", ["A": 3, "B": 4])
            expectError(
                all, 422, "Unprocessable", "one or more of the attributes in the request already exist: E - [ A, B ]")
            let patch = try await client.send(.patch, e + "?options=keyValues&type=T", ["A": 5, "X": 1])
            expectError(patch, 422, "PartialUpdate", "do not exist: E/T - [ X ]")
            let none = try await client.send(.patch, e + "?options=keyValues", ["X": 5, "Y": 1])
            expectError(none, 422, "Unprocessable", "do not exist: E - [ X, Y ]")
            #expect(try await client.values("E") == ["A": 5, "B": 2, "C": 4])
            let append = try await client.send(.post, e + "?options=keyValues", ["A": 6, "D": "d"])
            #expect(append.status == 204)
            let replace = try await client.send(.put, e + "?options=keyValues", ["A": 7, "Z": true])
            #expect(replace.status == 204)
            #expect(try await client.values("E") == ["A": 7, "Z": true])
            let lost = try await client.send(.patch, "/entities/F/attrs?options=keyValues", ["A": 1])
            expectError(lost, 404, "NotFound", "The requested entity has not been found. Check type and id")
            let other = try await client.send(.put, e + "/N", ["value": 1])
            expectError(other, 404, "NotFound", "The entity does not have such an attribute")
            #expect(try await client.delete(e + "/A").status == 204)
            expectError(
                try await client.delete(e + "/A"), 404, "NotFound", "The entity does not have such an attribute")
        }
    }

    @Test(arguments: TestDatabase.kinds) func keepsMetadataUnlessOverridden(kind: TestDatabase.Kind) async throws {
        try await withContextSite(kind) { site in
            let client = V2Client(site: site)
            try await client.make([
                "id": "E", "type": "T",
                "t": ["value": 25, "metadata": ["unit": ["value": "celsius"], "avg": ["value": .number("25.4")]]],
            ])
            let attribute = "/entities/E/attrs/t"
            _ = try await client.send(
                .put, attribute, ["value": 26, "metadata": ["avg": ["value": 30], "accuracy": ["value": 98]]])
            let kept = try await client.get(attribute)
            #expect(kept.json["metadata"]?.objectValue?.names == ["unit", "avg", "accuracy"])
            #expect(kept.json["metadata"]?["avg"]?["value"] == 30)
            _ = try await client.send(
                .put, attribute + "?options=overrideMetadata", ["value": 27, "metadata": ["avg": ["value": 31]]])
            let replaced = try await client.get(attribute + "?metadata=dateCreated,*")
            #expect(replaced.json["metadata"]?.objectValue?.names == ["dateCreated", "avg"])
            _ = try await client.send(.put, attribute, ["value": 27, "metadata": [:]])
            #expect(try await client.get(attribute).json["metadata"] == [:])
        }
    }

    @Test(arguments: TestDatabase.kinds) func readsAndWritesValues(kind: TestDatabase.Kind) async throws {
        try await withContextSite(kind) { site in
            let client = V2Client(site: site)
            try await client.make([
                "id": "E", "type": "T", "A": ["type": "x", "value": "text"], "B": ["value": ["k": 1]],
            ])
            let value = "/entities/E/attrs/A/value"
            let text = try await client.get(value)
            #expect(text.text == "\"text\"")
            #expect(text.mediaType == "text/plain")
            let refused = try await client.get(value, accept: "application/json")
            expectError(refused, 406, "NotAcceptable", "accepted MIME types: text/plain")
            let object = try await client.get("/entities/E/attrs/B/value")
            #expect(object.mediaType == "application/json")
            #expect(object.json == ["k": 1])
            for (body, expected) in [("12.50", .number("12.50")), ("true", true), ("null", .null), ("\"x\"", "x")]
                as [(String, JSON)]
            {
                #expect(try await client.text(value, body).status == 204)
                #expect(
                    try await client.get("/entities/E/attrs/A").json == [
                        "type": "x", "value": expected, "metadata": [:],
                    ])
            }
            expectError(try await client.text(value, "bare"), 400, "BadRequest")
            #expect(try await client.text(value, "[1,2]", type: "application/json").status == 204)
            expectError(try await client.text(value, "[1,", type: "application/json"), 400, "ParseError")
        }
    }

    @Test(arguments: TestDatabase.kinds) func refusesInOrionsWords(kind: TestDatabase.Kind) async throws {
        try await withContextSite(kind) { site in
            let client = V2Client(site: site)
            let cases: [(JSON, String)] = [
                ([:], "empty payload"), ([1], "not a JSON object"),
                (["type": "T"], "entity id length: 0, min length supported: 1"),
                (["id": 1], "Invalid JSON type for entity id"),
                (["id": "E", "type": 1], "Invalid JSON type for entity type"),
                (["id": "E<", "type": "T"], "Invalid characters in entity id"),
                (["id": "E", "type": "T T"], "Invalid characters in entity type"),
                (["id": "E", "A B": ["value": 1]], "Invalid characters in attribute name"),
                (["id": "E", "A": ["value": "x=1"]], "Invalid characters in attribute value"),
                (["id": "E", "A": ["value": ["k": ["(x)"]]]], "Invalid characters in attribute value"),
                (["id": "E", "A": ["value": 1, "type": "a;b"]], "Invalid characters in attribute type"),
                (
                    ["id": "E", "A": ["value": 1, "metadata": ["m&": ["value": 1]]]],
                    "Invalid characters in metadata name"
                ),
                (["id": "E", "A": 1], "attribute must be a JSON object, unless keyValues option is used"),
                (["id": "E", "A": ["value": "x", "type": "DateTime"]], "date has invalid format"),
            ]
            for (body, description) in cases {
                expectError(try await client.send(.post, "/entities", body), 400, "BadRequest", description)
            }
            try await client.make(["id": "E", "A": ["value": "it's (=free)", "type": "TextUnrestricted"]])
            #expect(try await client.get("/entities/E").json["type"] == "Thing")
            let queries = [
                ("limit=0", "Bad pagination limit: /0/ [a value of ZERO is unacceptable]"),
                ("limit=1001", "Bad pagination limit: /1001/ [max: 1000]"),
                ("offset=x", "Bad pagination offset: /x/ [must be a decimal number]"),
                ("id=a&idPattern=b", "Incompatible parameters: id, IdPattern"),
                ("options=nothing", "Invalid value for URI param /options/"),
                ("georel=near", "partial geo expression: geometry, georel and coords have to be provided together"),
                ("q=a%3E1,2", "lists only valid for equal and not equal ops"),
                ("idPattern=(", "Invalid regex for entity idPattern"),
            ]
            for (query, description) in queries {
                expectError(try await client.get("/entities?" + query), 400, "BadRequest", description)
            }
            expectError(
                try await client.at("x").get("/entities"), 400, "BadRequest",
                "Only /absolute/ Service Paths allowed [a service path must begin with /]")
            expectError(try await client.at("/a,/b").send(.post, "/entities", ["id": "x"]), 400, "BadRequest")
            expectError(try await client.at(nil, service: "a-b").get("/entities"), 400, "BadRequest")
            expectError(
                try await client.text("/entities/E/attrs/A", "{}", type: "text/html"), 415, "UnsupportedMediaType")
            var stranger = client
            stranger.persona = .anonymous
            expectError(try await stranger.send(.post, "/entities", ["id": "Z"]), 401, "Unauthorized")
        }
    }

    @Test(arguments: TestDatabase.kinds) func spacesAndVisibilityHold(kind: TestDatabase.Kind) async throws {
        try await withContextSite(kind) { site in
            let city = V2Client(site: site, persona: .machine(of: "431001", may: writer))
            let other = V2Client(site: site, persona: .machine(of: "432024", may: writer))
            try await city.at(nil, service: "431001_bousai").make(["id": "E", "type": "T", "A": ["value": 1]])
            #expect(try await city.at(nil, service: "431001_BOUSAI").get("/entities/E").status == 200)
            #expect(try await city.get("/entities/E").status == 404)
            #expect(try await other.at(nil, service: "431001_bousai").get("/entities").json == [])
            expectError(
                try await other.at(nil, service: "431001_bousai").send(.post, "/entities", ["id": "F"]), 403,
                "Forbidden")
            try await city.make(["id": "E", "type": "T"])
            #expect(try await other.get("/entities/E").status == 404)
            expectError(try await other.delete("/entities/E"), 404, "NotFound")
            try await other.make(["id": "E", "type": "T", "A": ["value": 2]])
            #expect(try await other.get("/entities/E").json["A"]?["value"] == 2)
            #expect(try await city.get("/entities/E").json["A"] == nil)
        }
    }
}
