import HTTPTypes
import HigoTesting
import JSON
import Testing

/// `/types` and `/attributes` (ETSI GS CIM 009 clauses 5.7.5 to 5.7.10).
struct DiscoveryTests {
    private static let vocabulary = "https://uri.etsi.org/ngsi-ld/default-context/"

    @Test(arguments: TestDatabase.kinds) func tellsTypesAndAttributes(kind: TestDatabase.Kind) async throws {
        try await withContextSite(kind) { site in
            let client = NGSIClient(site: site)
            try await client.make(["id": "urn:a:1", "type": "Room", "seats": 4, "isIn": ["object": "urn:b:1"]])
            try await client.make(["id": "urn:a:2", "type": "Room", "seats": 5])
            try await client.make(["id": "urn:a:3", "type": "https://example.org/ns#Hall", "seats": 5])
            try await site.fold()
            let types = try await client.get("/types").json
            #expect(types["type"] == "EntityTypeList")
            #expect(types["typeList"] == ["Room", "https://example.org/ns#Hall"])
            let details = try await client.get("/types?details=true").json
            #expect(
                details == [
                    [
                        "id": .string(Self.vocabulary + "Room"), "type": "EntityType", "typeName": "Room",
                        "attributeNames": ["isIn", "seats"],
                    ],
                    [
                        "id": "https://example.org/ns#Hall", "type": "EntityType",
                        "typeName": "https://example.org/ns#Hall", "attributeNames": ["seats"],
                    ],
                ])
            let room: JSON = [
                "id": .string(Self.vocabulary + "Room"), "type": "EntityTypeInfo", "typeName": "Room", "entityCount": 2,
                "attributeDetails": [
                    [
                        "id": .string(Self.vocabulary + "isIn"), "type": "Attribute", "attributeName": "isIn",
                        "attributeTypes": ["Relationship"],
                    ],
                    [
                        "id": .string(Self.vocabulary + "seats"), "type": "Attribute", "attributeName": "seats",
                        "attributeTypes": ["Property"],
                    ],
                ],
            ]
            #expect(try await client.get("/types/Room").json == room)
            #expect(
                try await client.get("/types/https%3A%2F%2Furi.etsi.org%2Fngsi-ld%2Fdefault-context%2FRoom").json
                    == room)
            #expect(try await client.get("/attributes").json["attributeList"] == ["isIn", "seats"])
            #expect(
                try await client.get("/attributes?details=true").json[1] == [
                    "id": .string(Self.vocabulary + "seats"), "type": "Attribute", "attributeName": "seats",
                    "typeNames": ["Room", "https://example.org/ns#Hall"],
                ])
            #expect(
                try await client.get("/attributes/isIn").json == [
                    "id": .string(Self.vocabulary + "isIn"), "type": "Attribute", "attributeName": "isIn",
                    "attributeTypes": ["Relationship"], "attributeCount": 1, "typeNames": ["Room"],
                ])
            let linked = try await client.get("/attributes/isIn", accept: "application/ld+json")
            #expect(linked.json.objectValue?.names.first == "@context")
            expectNGSI(try await client.get("/types/None"), 404, "ResourceNotFound")
            expectNGSI(try await client.get("/attributes/none"), 404, "ResourceNotFound")
            let nobody = client.with(as: .anonymous)
            #expect(try await nobody.get("/types").json["typeList"] == [])
        }
    }

    @Test(arguments: TestDatabase.kinds) func tellsWhoItIsAndWhatIsNotHere(kind: TestDatabase.Kind) async throws {
        try await withContextSite(kind) { site in
            let client = NGSIClient(site: site)
            let identity = try await client.get("/info/sourceIdentity").json
            #expect(identity["type"] == "ContextSourceIdentity")
            #expect(identity["contextSourceTimeAt"] == "2026-04-01T00:00:00.000Z")
            #expect(try await client.get("/info/sourceIdentity").json["id"] == identity["id"])
            for target in ["/entityMaps/urn:a:b", "/snapshots"] {
                expectNGSI(try await client.get(target), 501, "OperationNotSupported")
            }
            expectNGSI(try await client.send(.post, "/snapshots", [:]), 501, "OperationNotSupported")
        }
    }
}
