import HTTPTypes
import HigoTesting
import JSON
import Storage
import Testing
import Web

/// How entities are shown (ETSI GS CIM 009 clauses 4.5 and 6.3).
struct RepresentationTests {
    private static let park: JSON = [
        "id": "urn:ngsi-ld:Park:1", "type": "Park", "scope": "/Kumamoto",
        "name": ["type": "LanguageProperty", "languageMap": ["ja": "水前寺公園", "en-GB": "Suizenji Park"]],
        "category": ["type": "VocabProperty", "vocab": "garden"],
        "rules": ["type": "JsonProperty", "json": ["dogs": .null]],
        "hours": ["type": "ListProperty", "valueList": [8, 17]],
        "routes": ["type": "ListRelationship", "objectList": [["object": "urn:ngsi-ld:Stop:1"]]],
        "operator": ["type": "Relationship", "object": "urn:ngsi-ld:Body:1"],
        "location": ["type": "GeoProperty", "value": ["type": "Point", "coordinates": [130.73, 32.79]]],
        "entrance": ["type": "GeoProperty", "value": ["type": "Point", "coordinates": [130.74, 32.78]]],
        "area": ["type": "Property", "value": 73_000, "unitCode": "MTK", "observedAt": "2026-01-01T00:00:00Z"],
    ]
    private static let path = "/entities/urn:ngsi-ld:Park:1"

    private func withPark(_ kind: TestDatabase.Kind, _ body: (NGSIClient) async throws -> Void) async throws {
        try await withContextSite(kind) { site in
            let client = NGSIClient(site: site)
            try await client.make(Self.park)
            try await body(client)
        }
    }

    @Test(arguments: TestDatabase.kinds) func keepsEveryKindOfAttribute(kind: TestDatabase.Kind) async throws {
        try await withPark(kind) { client in
            #expect(try await client.get(Self.path).json == Self.park)
            #expect(
                try await client.get(Self.path + "?format=concise").json == [
                    "id": "urn:ngsi-ld:Park:1", "type": "Park", "scope": "/Kumamoto",
                    "name": ["languageMap": ["ja": "水前寺公園", "en-GB": "Suizenji Park"]],
                    "category": ["vocab": "garden"], "rules": ["json": ["dogs": .null]],
                    "hours": ["valueList": [8, 17]],
                    "routes": ["objectList": [["object": "urn:ngsi-ld:Stop:1"]]],
                    "operator": ["object": "urn:ngsi-ld:Body:1"],
                    "location": ["type": "Point", "coordinates": [130.73, 32.79]],
                    "entrance": ["type": "Point", "coordinates": [130.74, 32.78]],
                    "area": ["value": 73_000, "unitCode": "MTK", "observedAt": "2026-01-01T00:00:00Z"],
                ])
            for query in [
                "?format=simplified", "?options=keyValues", "?options=simplified",
                "?options=normalized&format=keyValues",
            ] {
                let simple = try await client.get(Self.path + query)
                #expect(
                    simple.json == [
                        "id": "urn:ngsi-ld:Park:1", "type": "Park", "scope": "/Kumamoto",
                        "name": ["languageMap": ["ja": "水前寺公園", "en-GB": "Suizenji Park"]],
                        "category": ["vocab": "garden"], "rules": ["json": ["dogs": .null]],
                        "hours": ["valueList": [8, 17]],
                        "routes": ["objectList": [["object": "urn:ngsi-ld:Stop:1"]]],
                        "operator": "urn:ngsi-ld:Body:1",
                        "location": ["type": "Point", "coordinates": [130.73, 32.79]],
                        "entrance": ["type": "Point", "coordinates": [130.74, 32.78]], "area": 73_000,
                    ], "\(query)")
            }
        }
    }

    @Test(arguments: TestDatabase.kinds) func showsOneLanguage(kind: TestDatabase.Kind) async throws {
        try await withPark(kind) { client in
            let cases = [
                ("ja", "水前寺公園", "ja"), ("en", "Suizenji Park", "en-GB"),
                ("fr,en;q=0.3,ja;q=0.1", "Suizenji Park", "en-GB"),
                ("fr", "水前寺公園", "ja"), ("*", "水前寺公園", "ja"),
            ]
            for (wish, text, language) in cases {
                let shown = try await client.get(Self.path + "?attrs=name&lang=\(wish)").json["name"]
                #expect(shown == ["type": "Property", "value": .string(text), "lang": .string(language)], "\(wish)")
            }
            #expect(try await client.get(Self.path + "?pick=name&format=simplified&lang=ja").json == ["name": "水前寺公園"])
            expectNGSI(try await client.get(Self.path + "?lang=%3F"), 400, "BadRequestData")
        }
    }

    @Test(arguments: TestDatabase.kinds) func picksAndOmitsMembers(kind: TestDatabase.Kind) async throws {
        try await withPark(kind) { client in
            let cases: [(String, [String])] = [
                ("pick=id,area", ["id", "area"]), ("pick=id%7Carea&attrs=area,hours", ["id", "area"]),
                ("omit=scope,name,category,rules,hours,routes,operator,location,entrance", ["id", "type", "area"]),
                ("pick=id,createdAt,area&options=sysAttrs", ["id", "createdAt", "area"]),
                ("attrs=area", ["id", "type", "scope", "area"]),
            ]
            for (query, names) in cases {
                let shown = try await client.get(Self.path + "?" + query)
                #expect(shown.json.objectValue?.names == names, "\(query) \(shown.text)")
            }
            for query in ["pick=", "pick=a,,b", "pick=a%7Bb", "pick=a%7D", "omit=%7B"] {
                expectNGSI(try await client.get(Self.path + "?" + query), 400, "BadRequestData", "\(query)")
            }
            expectNGSI(try await client.get(Self.path + "?attrs=none"), 404, "ResourceNotFound")
        }
    }

    @Test(arguments: TestDatabase.kinds) func showsGeoJSON(kind: TestDatabase.Kind) async throws {
        try await withPark(kind) { client in
            let core: JSON = "https://uri.etsi.org/ngsi-ld/v1/ngsi-ld-core-context-v1.9.jsonld"
            let one = try await client.get(
                Self.path + "?pick=id,type,area&format=simplified&geometryProperty=entrance",
                accept: "application/geo+json")
            #expect(one.mediaType == "application/geo+json")
            #expect(
                one.json == [
                    "id": "urn:ngsi-ld:Park:1", "type": "Feature",
                    "geometry": ["type": "Point", "coordinates": [130.74, 32.78]],
                    "properties": ["type": "Park", "area": 73_000], "@context": core,
                ])
            let plain = try await client.get(
                "/entities?type=Park&pick=type&geometryProperty=none", accept: "application/geo+json",
                headers: [HTTPFieldName("Prefer") ?? .via: "body=json"])
            #expect(
                plain.json == [
                    "type": "FeatureCollection",
                    "features": [
                        [
                            "id": "urn:ngsi-ld:Park:1", "type": "Feature", "geometry": .null,
                            "properties": ["type": "Park"],
                        ]
                    ],
                ])
            #expect(plain["link"]?.contains("ngsi-ld-core-context") == true)
        }
    }

    @Test(arguments: TestDatabase.kinds) func joinsLinkedEntities(kind: TestDatabase.Kind) async throws {
        try await withContextSite(kind) { site in
            let client = NGSIClient(site: site)
            try await client.make([
                "id": "urn:e:1", "type": "Store", "name": "S", "in": ["object": "urn:e:2"],
                "near": ["object": ["urn:e:1", "urn:e:3", "urn:e:9"]],
            ])
            try await client.make(["id": "urn:e:2", "type": "Street", "name": "T", "in": ["object": "urn:e:3"]])
            try await client.make(["id": "urn:e:3", "type": "Town", "name": "U", "has": ["object": "urn:e:1"]])
            let simple = try await client.get("/entities/urn:e:1?join=inline&joinLevel=2&format=simplified")
            #expect(
                simple.json == [
                    "id": "urn:e:1", "type": "Store", "name": "S",
                    "in": [
                        "id": "urn:e:2", "type": "Street", "name": "T",
                        "in": ["id": "urn:e:3", "type": "Town", "name": "U", "has": "urn:e:1"],
                    ],
                    "near": [
                        "urn:e:1", ["id": "urn:e:3", "type": "Town", "name": "U", "has": "urn:e:1"], "urn:e:9",
                    ],
                ], "\(simple.text)")
            let picked = try await client.get("/entities/urn:e:1?join=inline&pick=id,in%7Bname%7D")
            #expect(
                picked.json == [
                    "id": "urn:e:1",
                    "in": [
                        "type": "Relationship", "object": "urn:e:2",
                        "entity": ["name": ["type": "Property", "value": "T"]],
                    ],
                ], "\(picked.text)")
            #expect(
                try await client.get("/entities?type=Store&join=flat&joinLevel=2").json.ids == [
                    "urn:e:1", "urn:e:2", "urn:e:3",
                ])
            #expect(
                try await client.get("/entities/urn:e:1?join=flat&containedBy=urn:e:3").json.ids == [
                    "urn:e:1", "urn:e:2",
                ])
            for query in ["join=huge", "join=inline&joinLevel=99", "joinLevel=2"] {
                expectNGSI(try await client.get("/entities/urn:e:1?\(query)"), 400, "BadRequestData", "\(query)")
            }
        }
    }

    @Test(arguments: TestDatabase.kinds) func expiredEntitiesAreGone(kind: TestDatabase.Kind) async throws {
        try await withContextSite(kind) { site in
            let client = NGSIClient(site: site)
            try await client.make([
                "id": "urn:e:1", "type": "A", "expiresAt": "2026-04-01T00:01:00Z",
                "a": ["value": 1, "expiresAt": "2026-04-01T00:00:30Z"], "b": 2,
            ])
            #expect(try await client.get("/entities/urn:e:1").json["expiresAt"] == "2026-04-01T00:01:00.000Z")
            site.clock.advance(bySeconds: 40)
            #expect(
                try await client.get("/entities/urn:e:1?format=simplified&omit=expiresAt").json == [
                    "id": "urn:e:1", "type": "A", "b": 2,
                ])
            site.clock.advance(bySeconds: 40)
            expectNGSI(try await client.get("/entities/urn:e:1"), 404, "ResourceNotFound")
        }
    }

    @Test(arguments: TestDatabase.kinds) func conciseValuesAreReadAsTheyAreShown(kind: TestDatabase.Kind) async throws {
        try await withContextSite(kind) { site in
            let client = NGSIClient(site: site)
            let entity: JSON = [
                "id": "urn:e:1", "type": "A", "numbers": [1, 2], "texts": ["a"], "none": [],
                "objects": ["value": [["value": 1], ["a": 2]]], "object": ["value": ["type": "x"]],
                "deep": ["value": 1, "sub": ["value": 2, "unitCode": "CEL"], "plain": 3],
            ]
            try await client.make(entity)
            #expect(try await client.get("/entities/urn:e:1?format=concise").json == entity)
            #expect(
                try await client.entity("urn:e:1")["objects"] == [
                    "type": "Property", "value": [["value": 1], ["a": 2]],
                ])
        }
    }
}
