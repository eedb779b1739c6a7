import Foundation
import HTTPTypes
import HigoTesting
import JSON
import Testing

/// Which entities a query finds, and in which order (ETSI GS CIM 009 clauses 4.9, 4.10, 4.17, 4.19 and 4.23).
struct QueryTests {
    private func fill(_ client: NGSIClient) async throws {
        for number in 1...6 {
            let types: JSON = number % 2 == 0 ? ["Room", "Hall"] : "Room"
            try await client.make([
                "id": .string("urn:r:\(number)"), "type": types, "scope": .string("/K/\(number % 3)/\(number)"),
                "n": .int(Int64(number)), "m": .int(Int64(number % 2)),
                "t": .string(["b", "a", "c", "f", "e", "d"][number - 1]),
                "speed": [
                    ["value": .int(Int64(number))], ["value": .int(Int64(number * 10)), "datasetId": "urn:d:1"],
                ],
                "address": ["value": ["city": .string(number < 4 ? "熊本市" : "阿蘇市")]],
                "location": [
                    "type": "Polygon",
                    "coordinates": [
                        [
                            [.int(Int64(number)), 0], [.int(Int64(number + 1)), 0], [.int(Int64(number + 1)), 1],
                            [.int(Int64(number)), 1], [.int(Int64(number)), 0],
                        ]
                    ],
                ],
                "gate": ["type": "Point", "coordinates": [.int(Int64(number)), 10]],
            ])
        }
    }

    private static let cases: [(String, [Int])] = [
        ("type=Hall", [2, 4, 6]), ("type=Room;Hall&q=n%3E2", [4, 6]), ("type=(Hall%7COther),None", [2, 4, 6]),
        ("type=*&q=n==1", [1]), ("idPattern=%5Eurn:r:%5B12%5D$", [1, 2]), ("type=Hall&idPattern=4$", [4]),
        ("id=urn:r:1,urn:r:5&type=Room", [1, 5]), ("scopeQ=/K/1/%23", [1, 4]), ("scopeQ=/K/%2B/3,/K/2/5", [3, 5]),
        ("q=n==2..4;t!=%22c%22", [2, 4]), ("q=n==1,6%7Cn==3", [1, 3, 6]), ("q=(n%3C2%7Cn%3E5);!x", [1, 6]),
        ("q=address%5Bcity%5D==%22%E9%98%BF%E8%98%87%E5%B8%82%22", [4, 5, 6]),
        ("q=t~=%22%5B%5Eab%5D%22", [3, 4, 5, 6]),
        ("q=speed==30", [3]), ("q=speed%3E3&datasetId=@none", [4, 5, 6]), ("q=speed==30&datasetId=@none", []),
        ("q=speed.datasetId==%22urn:d:1%22;n==1", [1]),
        ("type=Room&georel=within&geometry=Polygon&coordinates=[[[0,-1],[4,-1],[4,2],[0,2],[0,-1]]]", [1, 2, 3]),
        ("georel=contains&geometry=Point&coordinates=[2.5,0.5]", [2]),
        ("georel=intersects&geometry=LineString&coordinates=[[1.5,0.5],[3.5,0.5]]", [1, 2, 3]),
        ("georel=disjoint&geometry=Point&coordinates=[2.5,0.5]", [1, 3, 4, 5, 6]),
        ("georel=overlaps&geometry=Polygon&coordinates=[[[1.5,0],[2.5,0],[2.5,1],[1.5,1],[1.5,0]]]", [1, 2]),
        ("georel=equals&geometry=Point&coordinates=[3,10]&geoproperty=gate", [3]),
        ("georel=near;maxDistance==120000&geometry=Point&coordinates=[3,10]&geoproperty=gate", [2, 3, 4]),
        ("georel=near;minDistance==120000&geometry=Point&coordinates=[3,10]&geoproperty=gate", [1, 5, 6]),
        ("type=Room&orderBy=t", [2, 1, 3, 6, 5, 4]), ("type=Room&orderBy=m,n;desc", [6, 4, 2, 5, 3, 1]),
        ("type=Room&orderBy=id;desc&limit=2", [6, 5]),
        ("type=Room&orderBy=address%5Bcity%5D;desc,n&limit=4", [4, 5, 6, 1]),
        ("type=Room&orderBy=gate;dist-asc&geometry=Point&coordinates=[4.1,10]&limit=3", [4, 5, 3]),
        ("local=true&limit=2", [1, 2]),
    ]

    @Test(arguments: TestDatabase.kinds) func findsWhatIsAskedFor(kind: TestDatabase.Kind) async throws {
        try await withContextSite(kind) { site in
            let client = NGSIClient(site: site)
            try await fill(client)
            for (query, numbers) in Self.cases {
                let found = try await client.get("/entities?pick=id&\(query)")
                #expect(found.status == 200, "\(query) \(found.text)")
                #expect(found.json.ids == numbers.map { "urn:r:\($0)" }, "\(query)")
            }
        }
    }

    @Test(arguments: TestDatabase.kinds) func takesQueriesInBodies(kind: TestDatabase.Kind) async throws {
        try await withContextSite(kind) { site in
            let client = NGSIClient(site: site)
            try await fill(client)
            let found = try await client.send(
                .post, "/entityOperations/query?limit=2&count=true&format=simplified",
                [
                    "type": "Query", "q": "n>1", "pick": ["id", "n"],
                    "entities": [
                        ["type": "Hall"], ["id": ["urn:r:3", "urn:r:1"], "type": "Room"],
                        ["type": "X", "idPattern": ".*"],
                    ],
                ])
            #expect(found.json == [["id": "urn:r:2", "n": 2], ["id": "urn:r:3", "n": 3]], "\(found.text)")
            #expect(found["NGSILD-Results-Count"] == "4")
            let plain = try await client.send(
                .post, "/entityOperations/query",
                [
                    "type": "Query", "attrs": ["gate"],
                    "geoQ": [
                        "georel": "near;maxDistance==1", "geometry": "Point", "coordinates": [3, 10],
                        "geoproperty": "gate",
                    ],
                ])
            #expect(plain.json.ids == ["urn:r:3"], "\(plain.text)")
            let exact = try await client.send(
                .post, "/entityOperations/query?options=keyValues",
                [
                    "type": "Query", "pick": ["n"],
                    "entities": [
                        ["id": "urn:r:1", "type": "Room"], ["id": "urn:r:2", "type": "Hall"],
                        ["id": "urn:r:3", "type": "Hall"],
                    ],
                ])
            #expect(exact.json == [["n": 1], ["n": 2]], "\(exact.text)")
            let bad: [JSON] = [
                [:], ["type": "Other"], ["type": "Query"], ["type": "Query", "entities": []],
                ["type": "Query", "qq": "n"],
                ["type": "Query", "entities": [[:]]], ["type": "Query", "q": 5], ["type": "Query", "q": "n=="],
                ["type": "Query", "entities": [["type": "A", "idPattern": "("]]],
            ]
            for body in bad {
                expectNGSI(
                    try await client.send(.post, "/entityOperations/query", body), 400, "BadRequestData", "\(body)")
            }
        }
    }

    @Test(arguments: TestDatabase.kinds) func leadsToOtherPages(kind: TestDatabase.Kind) async throws {
        try await withContextSite(kind) { site in
            let client = NGSIClient(site: site)
            try await fill(client)
            var (seen, next) = ([String](), String?.some("/entities?type=Room&orderBy=t&limit=4&pick=id"))
            var links: [String] = []
            while let target = next {
                let answer = try await client.get(target)
                seen += answer.json.ids
                links +=
                    answer["link"]?.components(separatedBy: ", ").filter { $0.contains("prev") || $0.contains("next") }
                    ?? []
                let link = answer["link"]?.components(separatedBy: ", ").first { $0.contains("rel=\"next\"") }
                next = link.map { String($0.dropFirst().prefix { $0 != ">" }.dropFirst("/ngsi-ld/v1".count)) }
            }
            #expect(seen == [2, 1, 3, 6, 5, 4].map { "urn:r:\($0)" })
            #expect(
                links == [
                    "</ngsi-ld/v1/entities?type=Room&orderBy=t&limit=4&pick=id&offset=4>; rel=\"next\"; type=\"application/json\"",
                    "</ngsi-ld/v1/entities?type=Room&orderBy=t&limit=4&pick=id>; rel=\"prev\"; type=\"application/json\"",
                ])
        }
    }

    @Test(arguments: TestDatabase.kinds) func leadsBackFromPagesInOrderOfID(kind: TestDatabase.Kind) async throws {
        try await withContextSite(kind) { site in
            let client = NGSIClient(site: site)
            try await fill(client)
            let second = try await client.get("/entities?type=Room&limit=2&pick=id&after=urn:r:2&offset=2")
            #expect(second.json.ids == ["urn:r:3", "urn:r:4"])
            let links = second["link"]?.components(separatedBy: ", ").dropFirst()
            #expect(
                links.map(Array.init) == [
                    "</ngsi-ld/v1/entities?type=Room&limit=2&pick=id&after=urn:r:4&offset=4>; rel=\"next\"; type=\"application/json\"",
                    "</ngsi-ld/v1/entities?type=Room&limit=2&pick=id>; rel=\"prev\"; type=\"application/json\"",
                ])
        }
    }

    @Test(arguments: TestDatabase.kinds) func refusesWhatItCannotRead(kind: TestDatabase.Kind) async throws {
        try await withContextSite(kind) { site in
            let client = NGSIClient(site: site)
            for query in [
                "type=(A", "type=A;;B", "idPattern=(", "scopeQ=K", "type=A&orderBy=a;up", "type=A&orderBy=,",
                "type=A&orderBy=location;dist-asc", "type=A&collation=ja", "id=notaURI", "type=@id", "attrs=type",
                "type=A&q=a==%22b%22&expandValues=@x",
            ] {
                expectNGSI(try await client.get("/entities?\(query)"), 400, "BadRequestData", "\(query)")
            }
        }
    }
}
