import Context
import Entities
import JSON
import Storage
import Testing

struct MappingTests {
    @Test func storesWhatNGSILDMeans() {
        let cases: [(V2Attribute, JSON)] = [
            (V2Attribute(type: "Number", value: .number("21.50")), ["type": "Property", "value": .number("21.50")]),
            (
                V2Attribute(type: "Celsius", value: 21),
                ["type": "Property", "value": 21, "ngsiv2Type": ["type": "Property", "value": "Celsius"]]
            ),
            (V2Attribute(type: "None", value: .null), ["type": "JsonProperty", "json": .null]),
            (
                V2Attribute(type: "Relationship", value: "urn:ngsi-ld:Building:1"),
                ["type": "Relationship", "object": "urn:ngsi-ld:Building:1"]
            ),
            (
                V2Attribute(type: "Relationship", value: "Building1"),
                [
                    "type": "Property", "value": "Building1",
                    "ngsiv2Type": ["type": "Property", "value": "Relationship"],
                ]
            ),
            (
                V2Attribute(type: "geo:json", value: ["type": "Point", "coordinates": [130, 32]]),
                ["type": "GeoProperty", "value": ["type": "Point", "coordinates": [130, 32]]]
            ),
            (
                V2Attribute(type: "geo:point", value: "32.80, 130.7"),
                [
                    "type": "GeoProperty",
                    "value": ["type": "Point", "coordinates": [.number("130.7"), .number("32.80")]],
                    "ngsiv2Type": ["type": "Property", "value": "geo:point"],
                    "ngsiv2Value": ["type": "Property", "value": "32.80, 130.7"],
                ]
            ),
            (
                V2Attribute(
                    type: "Number", value: 1,
                    metadata: [
                        V2Metadata("unitCode", type: "Text", value: "CEL"),
                        V2Metadata("observedAt", type: "DateTime", value: "2026-04-01T00:00:00.000Z"),
                        V2Metadata("accuracy", type: "Number", value: .number("0.9")),
                        V2Metadata("value", type: "Text", value: "x"),
                    ]),
                [
                    "type": "Property", "value": 1, "unitCode": "CEL", "observedAt": "2026-04-01T00:00:00.000Z",
                    "accuracy": ["type": "Property", "value": .number("0.9")],
                    "urn:ngsi-v2:name:value": ["type": "Property", "value": "x"],
                ]
            ),
        ]
        for (attribute, stored) in cases {
            #expect(attribute.stored == stored)
            #expect(V2Attribute(stored: stored) == attribute)
        }
    }

    @Test func readsWhatNGSILDWrote() {
        let cases: [(JSON, V2Attribute)] = [
            (
                ["type": "LanguageProperty", "languageMap": ["ja": "城"]],
                V2Attribute(type: "LanguageProperty", value: ["ja": "城"])
            ),
            (
                ["type": "Property", "value": ["@type": "DateTime", "@value": "2026-04-01T09:00:00+09:00"]],
                V2Attribute(type: "DateTime", value: "2026-04-01T00:00:00.000Z")
            ),
            (["type": "ListProperty", "valueList": [1, 2]], V2Attribute(type: "ListProperty", value: [1, 2])),
            (
                [["type": "Property", "value": 1, "datasetId": "urn:a:b"], ["type": "Property", "value": 2]],
                V2Attribute(type: "Number", value: 2)
            ),
            (
                ["type": "Property", "value": 1, "by": ["type": "Relationship", "object": "urn:a:b"]],
                V2Attribute(
                    type: "Number", value: 1, metadata: [V2Metadata("by", type: "Relationship", value: "urn:a:b")])
            ),
        ]
        for (stored, attribute) in cases { #expect(V2Attribute(stored: stored) == attribute) }
    }

    /// What v2 writes, v2 reads again, and the store takes it.
    @Test func keepsEveryAttribute() throws {
        var random = SeededNumbers(seed: 7)
        for _ in 0..<3_000 {
            let attribute = Self.attribute(&random)
            let stored = attribute.stored
            #expect(V2Attribute(stored: stored) == attribute, "\(stored)")
            let entity = Entity(id: "urn:a:b", types: ["T"], attributes: ["a": stored])
            #expect(throws: Never.self) { try EntityChecker.check(entity) }
        }
    }

    /// What NGSI-LD wrote and v2 read and wrote back is the same.
    @Test func givesBackWhatItRead() throws {
        var random = SeededNumbers(seed: 8)
        for _ in 0..<3_000 {
            let stored = Self.attribute(&random).stored
            let again = V2Attribute(stored: stored)?.stored
            #expect(again == stored)
        }
    }

    @Test func everyNameHasOneStoredForm() {
        let names = [
            "temperature", "temp.max", "1a", "a:b", "$x", "scope", "createdAt", "id", "urn:ngsi-v2:name:x", "a%b", "*",
            "é", "value",
            "unitCode", "ngsiv2Type", "{a}", "https://uri.fiware.org/ns/data-models#category", "a|b", "~", "_a", "-a",
            "@a",
        ]
        for store in [V2Names.storedAttribute, V2Names.storedType, V2Names.storedMetadata] {
            for name in names {
                let stored = store(name)
                #expect(Names.isName(stored), "\(stored)")
                #expect(V2Names.name(stored) == name)
            }
            #expect(Set(names.map(store)).count == names.count)
        }
    }

    @Test func everyIdHasOneStoredForm() {
        let ids = [
            "Room1", "urn:ngsi-ld:Room:1", "Room:1", "1:2", "urn:ngsi-v2:Room1", "urn:ngsi-v2:a:b:c", "a%41", "100",
            "a|b", "http://x/y",
            "Tokyo.駅",
        ]
        var stored: Set<String> = []
        for id in ids {
            for form in [V2ID.plain(id), V2ID.qualified(id, type: "T:x", path: "/a/b")] {
                #expect(Names.isURI(form), "\(form)")
                #expect(V2ID.id(form) == id)
                #expect(stored.insert(form).inserted)
            }
            #expect(V2ID.qualified(id, type: "T", path: "/").hasPrefix(V2ID.qualifiedPrefix(id)))
        }
        #expect(V2ID.plain("urn:ngsi-ld:Room:1") == "urn:ngsi-ld:Room:1")
        #expect(V2ID.plain("Room1") == "urn:ngsi-v2:Room1")
    }

    @Test func readsDatesAsOrionDoes() {
        let cases: [(String, String?)] = [
            ("2017-06-17T07:21:24.238Z", "2017-06-17T07:21:24.238Z"), ("2017-06-17", "2017-06-17T00:00:00.000Z"),
            ("2017-06-17T07:21", "2017-06-17T07:21:00.000Z"), ("2017-06-17T072124", "2017-06-17T07:21:24.000Z"),
            ("2017-06-17T07", "2017-06-17T07:00:00.000Z"), ("2017-06-17T07:21:24+09:00", "2017-06-16T22:21:24.000Z"),
            ("2017-06-17T07:21:24+0900", "2017-06-16T22:21:24.000Z"),
            ("2017-06-17T07:21:24-01", "2017-06-17T08:21:24.000Z"),
            ("2017-06-17T07:21:24.2389999Z", "2017-06-17T07:21:24.238Z"), ("2017-06-17Z", nil), ("2017-13-17", nil),
            ("2017-6-17", nil), ("x", nil), ("", nil), ("2017-06-17T", nil), ("2017-06-17T25:00", nil),
        ]
        for (text, expected) in cases { #expect(V2DateTime.instant(text).map(V2DateTime.text) == expected, "\(text)") }
    }

    private static let types = [
        "Text", "Number", "Boolean", "None", "StructuredValue", "DateTime", "Relationship", "geo:json", "geo:point",
        "geo:line",
        "geo:box", "geo:polygon", "LanguageProperty", "VocabProperty", "JsonProperty", "ListProperty",
        "ListRelationship",
        "TextUnrestricted", "Property", "GeoProperty", "celsius",
    ]

    private static func values(_ random: inout SeededNumbers) -> JSON {
        let values: [JSON] = [
            "", "x", "urn:a:b", "32.8,130.7", "2026-04-01T00:00:00.000Z", 0, .number("1.50"), true, .null, [],
            [1, "a"], [.null],
            ["urn:a:b", "urn:a:c"], ["32,130", "33,131"], ["0,0", "0,1", "1,1", "0,0"], [:], ["ja": "城"], ["a": .null],
            ["type": "Point", "coordinates": [130, 32]], ["type": "Point", "coordinates": [1]],
            ["type": "Property", "value": 1],
            ["value": 1], ["@type": "DateTime", "@value": 1], ["a": ["b": [1, ["c": .null]]]], ["a", "b"],
        ]
        return values.randomElement(using: &random) ?? .null
    }

    private static func attribute(_ random: inout SeededNumbers) -> V2Attribute {
        let names = [
            "unitCode", "observedAt", "datasetId", "accuracy", "ignoreType", "value", "type", "ngsiv2Type", "temp.x",
            "object", "dateCreated",
        ]
        var attribute = V2Attribute(type: types.randomElement(using: &random) ?? "", value: values(&random))
        for name in names where Int.random(in: 0..<4, using: &random) == 0 {
            let type = types.randomElement(using: &random) ?? ""
            attribute.metadata.append(V2Metadata(name, type: type, value: values(&random)))
        }
        return attribute
    }
}
