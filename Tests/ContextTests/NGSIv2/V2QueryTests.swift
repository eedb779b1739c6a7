import HTTPTypes
import HigoTesting
import JSON
import Storage
import Testing

struct V2QueryTests {
    private func fill(_ client: V2Client) async throws {
        for number in 1...6 {
            try await client.make([
                "id": .string("R\(number)"), "type": number < 5 ? "Room" : "Hall",
                "n": ["value": JSON(number), "metadata": ["acc": ["value": JSON(number * 10)]]],
                "color": ["value": number % 2 == 0 ? "black,white" : "red"],
                "brand": ["value": ["name": .string("b\(number)"), "a.b": JSON(number)]],
                "at": ["type": "DateTime", "value": .string("2026-04-0\(number)T00:00:00Z")],
                "tags": ["value": ["x", .string("t\(number)")]], "on": ["value": .bool(number > 3)],
                "place": [
                    "type": "geo:json", "value": ["type": "Point", "coordinates": [.number("130.\(number)"), 32]],
                ],
            ])
        }
        try await client.make(["id": "Bare", "type": "Odd"])
    }

    private static let cases: [(String, [String])] = [
        ("type=Hall", ["R5", "R6"]), ("type=Hall,Odd", ["R5", "R6", "Bare"]), ("id=R1,R6", ["R1", "R6"]),
        ("idPattern=%5ER%5B12%5D$", ["R1", "R2"]), ("typePattern=%5EO", ["Bare"]), ("idPattern=.*&type=Odd", ["Bare"]),
        ("q=n%3E4", ["R5", "R6"]), ("q=n==2..3", ["R2", "R3"]), ("q=n==1,3", ["R1", "R3"]), ("q=n:2", ["R2"]),
        ("q=n!=1,2,3,4", ["R5", "R6"]), ("q=color=='black,white'", ["R2", "R4", "R6"]),
        ("q=color~=ed", ["R1", "R3", "R5"]),
        ("q=!n", ["Bare"]), ("q=n;color==red", ["R1", "R3", "R5"]), ("q=brand.name==b2", ["R2"]),
        ("q=brand.'a.b'==3", ["R3"]), ("q=at%3E2026-04-05", ["R6"]), ("q=at==2026-04-01..2026-04-02", ["R1", "R2"]),
        ("q=tags==t4", ["R4"]), ("q=on==true", ["R4", "R5", "R6"]), ("q=n=='2'", []), ("mq=n.acc%3E=50", ["R5", "R6"]),
        ("mq=n.acc", ["R1", "R2", "R3", "R4", "R5", "R6"]), ("orderBy=!n&limit=2", ["R6", "R5"]),
        ("georel=near;maxDistance:15000&geometry=point&coords=32,130.3", ["R2", "R3", "R4"]),
        ("georel=near;maxDistance:10000&geometry=point&coords=32,130.38&orderBy=geo:distance", ["R4", "R3"]),
        ("georel=coveredBy&geometry=box&coords=31,130.15;33,130.35", ["R2", "R3"]),
        ("georel=disjoint&geometry=polygon&coords=31,130;31,130.55;33,130.55;33,130;31,130", ["R6"]),
    ]

    /// By several keys, and without any by creation.
    @Test(arguments: TestDatabase.kinds)
    func ordersAsAsked(kind: TestDatabase.Kind) async throws {
        try await withContextSite(kind) { site in
            let client = V2Client(site: site)
            try await fill(client)
            let cases: [(String, [String])] = [
                ("orderBy=color,!n&limit=3", ["R6", "R4", "R2"]), ("limit=2&offset=3", ["R4", "R5"]),
                ("orderBy=type,!dateCreated&limit=1", ["R6"]), ("orderBy=!dateCreated&limit=1", ["Bare"]),
            ]
            for (query, ids) in cases {
                let answer = try await client.get("/entities?\(query)")
                #expect(answer.json.arrayValue?.compactMap { $0["id"]?.stringValue } == ids, "\(query)")
            }
        }
    }

    @Test(arguments: TestDatabase.kinds) func answersQueries(kind: TestDatabase.Kind) async throws {
        try await withContextSite(kind) { site in
            let client = V2Client(site: site)
            try await fill(client)
            for (query, ids) in Self.cases {
                let answer = try await client.get("/entities?\(query)")
                #expect(answer.status == 200, "\(query) \(answer.text)")
                let found = answer.json.arrayValue?.compactMap { $0["id"]?.stringValue } ?? []
                let isOrdered = query.contains("orderBy") || query.contains("offset")
                #expect(isOrdered ? found == ids : found.sorted() == ids.sorted(), "\(query) \(found)")
            }
            let body: JSON = [
                "entities": [["idPattern": "^R", "type": "Hall"], ["id": "R1"], ["id": "Bare", "type": "Odd"]],
                "attrs": ["n", "dateCreated"], "expression": ["q": "n>0"], "metadata": ["acc"],
            ]
            let found = try await client.send(.post, "/op/query?options=count&orderBy=n", body)
            #expect(found.json.arrayValue?.compactMap { $0["id"]?.stringValue } == ["R1", "R5", "R6"], "\(found.text)")
            #expect(found["fiware-total-count"] == "3")
            #expect(found.json[0]?.objectValue?.names == ["id", "type", "n", "dateCreated"])
            let exact = try await client.send(
                .post, "/op/query?options=values",
                [
                    "entities": [
                        ["id": "R1", "type": "Room"], ["id": "R6", "type": "Hall"], ["id": "R2", "type": "Hall"],
                    ], "attrs": ["n"],
                ])
            #expect(exact.json == [[1], [6]])
        }
    }

    @Test(arguments: TestDatabase.kinds) func showsWhatIsAskedFor(kind: TestDatabase.Kind) async throws {
        try await withContextSite(kind) { site in
            let client = V2Client(site: site)
            try await client.at("/s").make([
                "id": "E", "type": "T", "A": ["value": 1], "B": ["value": 1], "C": ["value": "c"],
                "dateExpires": ["type": "DateTime", "value": "2030-01-01"],
            ])
            let cases: [(String, JSON)] = [
                ("options=values&attrs=C,A", ["c", 1]), ("options=unique", [1, "c"]),
                ("options=keyValues&attrs=B", ["id": "E", "type": "T", "B": 1]),
                (
                    "options=keyValues&attrs=dateExpires,servicePath,*",
                    [
                        "id": "E", "type": "T", "dateExpires": "2030-01-01T00:00:00.000Z", "servicePath": "/s", "A": 1,
                        "B": 1,
                        "C": "c",
                    ]
                ),
                (
                    "attrs=A&metadata=dateModified",
                    [
                        "id": "E", "type": "T",
                        "A": [
                            "type": "Number", "value": 1,
                            "metadata": ["dateModified": ["type": "DateTime", "value": "2026-04-01T00:00:00.000Z"]],
                        ],
                    ]
                ), ("attrs=none", ["id": "E", "type": "T"]),
            ]
            for (query, expected) in cases {
                let answer = try await client.get("/entities/E?\(query)")
                #expect(answer.json == expected, "\(query)")
            }
            #expect(try await client.get("/entities/E/attrs?options=keyValues").json == ["A": 1, "B": 1, "C": "c"])
        }
    }

    @Test(arguments: TestDatabase.kinds) func expiredEntitiesGo(kind: TestDatabase.Kind) async throws {
        try await withContextSite(kind) { site in
            let client = V2Client(site: site)
            try await client.make([
                "id": "E", "type": "T", "dateExpires": ["type": "DateTime", "value": "2026-04-01T01:00:00Z"],
            ])
            #expect(try await client.get("/entities/E").status == 200)
            site.clock.advance(bySeconds: 3_601)
            #expect(try await client.get("/entities/E").status == 404)
            #expect(try await client.get("/entities").json == [])
            try await client.make(["id": "E", "type": "T", "A": ["value": 1]])
            let put = try await client.send(
                .post, "/entities/E/attrs", ["dateExpires": ["type": "DateTime", "value": "2027-01-01T00:00:00Z"]])
            #expect(put.status == 204)
            #expect(
                try await client.get("/entities/E?attrs=dateExpires").json["dateExpires"]?["value"]
                    == "2027-01-01T00:00:00.000Z")
            #expect(try await client.delete("/entities/E/attrs/dateExpires").status == 204)
            #expect(try await client.get("/entities/E?attrs=dateExpires").json["dateExpires"] == nil)
        }
    }

    @Test(arguments: TestDatabase.kinds) func listsTypes(kind: TestDatabase.Kind) async throws {
        try await withContextSite(kind) { site in
            let client = V2Client(site: site)
            try await client.make([
                "id": "1", "type": "Car", "speed": ["value": 1], "fuel": ["value": "x", "type": "gas"],
            ])
            try await client.make(["id": "2", "type": "Car", "fuel": ["value": "y", "type": "diesel"]])
            try await client.at("/p").make(["id": "3", "type": "Bus"])
            let all = try await client.get("/types?options=count")
            #expect(all["fiware-total-count"] == "2")
            #expect(
                all.json == [
                    ["type": "Bus", "attrs": [:], "count": 1],
                    [
                        "type": "Car",
                        "attrs": ["fuel": ["types": ["diesel", "gas"]], "speed": ["types": ["Number"]]], "count": 2,
                    ],
                ])
            #expect(try await client.get("/types?options=values&limit=1&offset=1").json == ["Car"])
            let one = try await client.get("/types/Car?options=noAttrDetail")
            #expect(one.json == ["attrs": ["fuel": ["types": []], "speed": ["types": []]], "count": 2])
            expectError(try await client.get("/types/None"), 404, "NotFound", "Entity type not found")
            #expect(try await client.at("/p").get("/types?options=values").json == ["Bus"])
        }
    }

    @Test func tellsOfItself() async throws {
        try await withContextSite(.sqlite) { site in
            let version = try await site.get("/version")
            #expect(version.json["orion"]?["version"]?.stringValue?.hasPrefix("4.") == true)
            #expect(try await site.get("/v2").json["entities_url"] == "/v2/entities")
            #expect(try await site.get("/statistics").json["uptime_in_secs"] != nil)
            expectError(try await site.get("/v2/registrations"), 501, "NotImplemented")
        }
    }
}
