import Entities
import HigoTesting
import JSON
import Storage
import Testing

/// What conditions say of one entity with an attribute of every kind.
struct ConditionTests {
    private static let attributes = JSONObject([
        .init("text", property("a b")), .init("number", property(.number("20.50"), ["unitCode": "CEL"])),
        .init("list", property([1, "x", true])),
        .init("day", property("2026-03-04T09:00:00+09:00", ["observedAt": "2026-03-05T00:00:00Z"])),
        .init("typed", property(["@type": "DateTime", "@value": "2026-03-04T00:00:00Z"])),
        .init("address", property(["city": "熊本市", "lines": [["no": 1], ["no": 2]], "floor": .null])),
        .init("owner", ["type": "Relationship", "object": ["urn:x:1", "urn:x:2"]]),
        .init("title", ["type": "LanguageProperty", "languageMap": ["ja": "城", "en": ["Castle", "Keep"]]]),
        .init("kind", ["type": "VocabProperty", "vocab": ["castle", "museum"]]),
        .init("raw", ["type": "JsonProperty", "json": ["a": ["b": 5], "null": .null]]),
        .init("many", ["type": "ListProperty", "valueList": [1, 2, 3]]),
        .init("ways", ["type": "ListRelationship", "objectList": ["urn:x:3", ["object": "urn:x:4"]]]),
        .init("speed", [property(10), property(70, ["datasetId": "urn:x:gps", "accuracy": property(2)])]),
        .init("https://example.org/a.b", property(1)),
        .init("location", place(130.7, 32.8)),
    ])

    private static let answers: [(String, Bool)] = [
        ("text==\"a b\"", true), ("text~=^a", true), ("text!~=\"c$\"", true), ("text>\"a\"", true),
        ("number==20.5", true), ("number==2.05e1", true), ("number.unitCode==\"CEL\"", true),
        ("number==\"20.5\"", false),
        ("list==1", true), ("list==true", true), ("list==\"y\",\"x\"", true), ("list!=2", true), ("list!=1", false),
        ("day==2026-03-04T00:00:00Z", true), ("day>2026-03-03T23:59:59Z;day<2026-03-04T00:00:01Z", true),
        ("day.observedAt>=2026-03-05T00:00:00Z", true), ("day.createdAt", true),
        ("modifiedAt>2020-01-01T00:00:00Z", true),
        ("typed==2026-03-04T00:00:00.000Z", true), ("address[city]==\"熊本市\"", true), ("address[lines.no]==2", true),
        ("address[lines][no]==1", true), ("address[floor]", false), ("!address[floor]", true), ("address", true),
        ("address==\"熊本市\"", false), ("owner==urn:x:2", true), ("owner==\"urn:x:1\"", true), ("owner!=urn:x:3", true),
        ("title[ja]==\"城\"", true), ("title[en]==\"Keep\"", true), ("title[*]==\"Castle\"", true),
        ("title[fr]", false), ("title", true), ("title==\"城\"", false), ("kind==\"museum\"", true),
        ("raw[a.b]==5", true), ("raw[null]", false), ("many==2", true), ("many>=3", true), ("ways", true),
        ("speed==70", true), ("speed.accuracy==2", true), ("speed.datasetId==urn:x:gps", true), ("speed<5", false),
        ("https://example.org/a.b==1", true), ("location", true), ("none", false), ("!none", true), ("none!=1", false),
        ("none==1|text", true), ("(none|number==20..21);text", true), ("number==1..2,20..30", true), ("id", false),
        ("type", false), ("expiresAt", false),
    ]

    @Test(arguments: answers) func saysWhetherTheyHold(text: String, isMatch: Bool) async throws {
        let condition = try QueryCondition(parsing: text)
        try await withStore(.sqlite) { test in
            let write = EntityWrite(
                entity: Entity(id: "urn:x:e", types: ["T"], attributes: Self.attributes), owner: .prefecture)
            let entity = try await test.store.create(.test(), write)
            let matcher = try EntityMatcher(condition: condition)
            #expect(matcher.matches(entity) == isMatch)
            let page = try await test.store.query(.test(), EntityQuery(types: ["T"], condition: condition))
            #expect(page.entities.isEmpty != isMatch)
            let counted = try await test.store.query(
                .test(), EntityQuery(condition: condition, limit: 0, countsAll: true))
            #expect(counted.total == (isMatch ? 1 : 0))
        }
    }

    @Test func looksAtGivenDatasetsOnly() async throws {
        try await withStore(.sqlite) { test in
            let write = EntityWrite(
                entity: Entity(id: "urn:x:e", types: ["T"], attributes: Self.attributes), owner: .prefecture)
            _ = try await test.store.create(.test(), write)
            for (datasets, text, isMatch) in [
                (["urn:x:gps"], "speed==70", true), (["urn:x:gps"], "speed==10", false), (["@none"], "speed==10", true),
                (["@none"], "speed==70", false), (["@none", "urn:x:gps"], "speed==70", true),
                (["urn:x:y"], "speed", false),
            ] {
                var query = EntityQuery(types: ["T"], condition: try QueryCondition(parsing: text))
                query.datasetIDs = datasets
                let page = try await test.store.query(.test(), query)
                #expect(page.entities.isEmpty != isMatch, "\(datasets) \(text)")
            }
        }
    }

    @Test func mapsNamesButNotTrailingPaths() throws {
        let condition = try QueryCondition(parsing: "a.b[c.d]==1;!e") { "x" + $0 }
        #expect(condition == (try QueryCondition(parsing: "xa.xb[c.d]==1;!xe")))
        #expect(condition.paths.map(\.attribute) == ["xa", "xe"])
    }
}
