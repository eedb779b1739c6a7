import Entities
import Geometry
import HigoTesting
import JSON
import Storage
import Testing

struct QueryTests {
    /// Ten shelters: capacity 0, 10 … 90; every third closed; along a line to the east.
    private static let shelters: [EntityWrite] = (0..<10).map { number in
        shelter(number, attributes(number), municipality: number < 5 ? "431001" : "432024")
    }

    private static func attributes(_ number: Int) -> [JSONObject.Member] {
        let day = number == 0 ? "10" : "0\(number)"
        let kinds: JSON = number % 2 == 0 ? ["flood", "quake"] : ["quake"]
        let city: JSON = .string(number < 5 ? "熊本市" : "八代市")
        let accuracy = property(.int(Int64(number % 4)))
        return [
            .init("name", property(.string("第\(number)避難所"))),
            .init("capacity", property(.int(Int64(number * 10)))),
            .init("open", property(.bool(number % 3 != 0))),
            .init("location", place(130.7 + Double(number) / 100, 32.8)),
            .init("dateObserved", property(.string("2026-01-\(day)T00:00:00Z"))),
            .init("kind", property(kinds)),
            .init("address", property(["city": city])),
            .init("level", property(.int(Int64(number)), ["accuracy": accuracy])),
        ]
    }

    @Test(arguments: TestDatabase.kinds) func answersConditions(kind: TestDatabase.Kind) async throws {
        try await withStore(kind) { test in
            _ = try await test.upsert(Self.shelters)
            for (text, numbers) in Self.conditions {
                for types in [["EvacuationShelter"], []] {
                    let query = EntityQuery(
                        types: types, condition: try QueryCondition(parsing: text), limit: 3, offset: 1, countsAll: true
                    )
                    let page = try await test.store.query(.test(), query)
                    #expect(page.total == numbers.count, "\(text)")
                    #expect(page.entities.numbers == Array(numbers.dropFirst().prefix(3)), "\(text)")
                }
            }
        }
    }

    private static let conditions: [(String, [Int])] = [
        ("capacity==30", [3]), ("capacity!=30", [0, 1, 2, 4, 5, 6, 7, 8, 9]), ("capacity>70", [8, 9]),
        ("capacity>=70;capacity<9e1", [7, 8]), ("capacity<20|capacity>80", [0, 1, 9]), ("capacity==20..40", [2, 3, 4]),
        ("capacity!=20..80", [0, 1, 9]), ("capacity==10,30,50..60", [1, 3, 5, 6]),
        ("name==\"第3避難所\"", [3]), ("name~=\"第[1-3]避難\"", [1, 2, 3]), ("name!~=^第[0-8]", [9]),
        ("open==true", [1, 2, 4, 5, 7, 8]), ("open==false;capacity>50", [6, 9]), ("kind==\"flood\"", [0, 2, 4, 6, 8]),
        ("kind!=\"flood\"", [1, 3, 5, 7, 9]), ("address[city]==\"八代市\"", [5, 6, 7, 8, 9]),
        ("level.accuracy==3", [3, 7]), ("level.accuracy", Array(0...9)), ("nothing", []), ("!nothing;capacity==0", [0]),
        ("dateObserved>2026-01-08T09:00:00+09:00", [0, 9]), ("dateObserved==2026-01-03T00:00:00.000Z", [3]),
        ("(capacity==10|capacity==20);open==true", [1, 2]), ("capacity==\"10\"", []), ("name>5", []),
        ("createdAt>=2026-04-01T00:00:00Z;capacity==0", [0]),
    ]

    @Test(arguments: TestDatabase.kinds) func answersGeoQueries(kind: TestDatabase.Kind) async throws {
        try await withStore(kind) { test in
            _ = try await test.upsert(Self.shelters)
            let here = Geometry.point(Coordinate(longitude: 130.745, latitude: 32.8))
            func found(_ relation: GeoQuery.Relation, _ geometry: Geometry, _ order: EntityQuery.Order) async throws
                -> [Int]
            {
                let query = EntityQuery(
                    types: ["EvacuationShelter"], geo: GeoQuery(relation: relation, geometry: geometry), order: order)
                return try await test.store.query(.test(), query).entities.numbers
            }
            let near = try await found(.near(minimum: nil, maximum: 1_500), here, .id)
            #expect(near == [3, 4, 5, 6])
            let far = try await found(.near(minimum: 3_500, maximum: nil), here, .id)
            #expect(far == [0, 9])
            let nearest = try await found(
                .near(minimum: nil, maximum: 1_500), .point(Coordinate(longitude: 130.7451, latitude: 32.8)), .distance)
            #expect(nearest == [5, 4, 6, 3])
            let box = BoundingBox(west: 130.695, south: 32.7, east: 130.715, north: 32.9).geometry
            let within = try await found(.within, box, .id)
            #expect(within == [0, 1])
            let outside = try await found(.disjoint, box, .id)
            #expect(outside == [2, 3, 4, 5, 6, 7, 8, 9])
        }
    }

    @Test(arguments: TestDatabase.kinds) func findsJapaneseWordsOfTwoCharacters(kind: TestDatabase.Kind) async throws {
        try await withStore(kind) { test in
            _ = try await test.upsert(Self.shelters)
            try await test.fold()
            let page = try await test.store.query(.test(), EntityQuery(text: "八代", countsAll: true))
            #expect(page.total == 5)
            let both = try await test.store.query(.test(), EntityQuery(text: "八代 第7", countsAll: true))
            #expect(both.entities.numbers == [7])
        }
    }

    @Test(arguments: TestDatabase.kinds) func ordersByAttributeWithMissingValuesLast(kind: TestDatabase.Kind)
        async throws
    {
        try await withStore(kind) { test in
            _ = try await test.upsert(
                [
                    shelter(1, [.init("v", property(2))]), shelter(2, [.init("v", property("b"))]), shelter(3),
                    shelter(4, [.init("v", property(10))]), shelter(5, [.init("v", property("a"))]),
                ])
            for (descending, numbers) in [(false, [1, 4, 5, 2, 3]), (true, [4, 1, 2, 5, 3])] {
                let order = EntityQuery.Order.attribute("v", descending: descending)
                let page = try await test.store.query(.test(), EntityQuery(types: ["EvacuationShelter"], order: order))
                #expect(page.entities.numbers == numbers)
            }
        }
    }

    @Test(arguments: TestDatabase.kinds) func narrowsByTownOwnerImportAndAttribute(kind: TestDatabase.Kind) async throws
    {
        try await withStore(kind) { test in
            _ = try await test.upsert(Self.shelters)
            let queries: [(EntityQuery, Int)] = [
                (EntityQuery(municipality: "432024", countsAll: true), 5),
                (EntityQuery(owner: "431001", countsAll: true), 0),
                (EntityQuery(importID: "import-1", countsAll: true), 10),
                (EntityQuery(types: ["EvacuationShelter"], importID: "other", countsAll: true), 0),
                (EntityQuery(attributes: ["nothing", "level"], countsAll: true), 10),
                (EntityQuery(ids: ["urn:ngsi-ld:EvacuationShelter:1", "urn:x:y"], countsAll: true), 1),
                (EntityQuery(types: ["EvacuationShelter", "Other"], municipality: "431001", countsAll: true), 5),
                (EntityQuery(space: "432024", countsAll: true), 0),
            ]
            for (query, total) in queries {
                let page = try await test.store.query(.test(), query)
                #expect(page.total == total)
            }
        }
    }

    @Test(arguments: TestDatabase.kinds) func pagesNeitherDropNorRepeat(kind: TestDatabase.Kind) async throws {
        try await withStore(kind) { test in
            _ = try await test.upsert((0..<47).map { shelter($0, [.init("v", property(.int(Int64($0 % 3))))]) })
            let orders: [EntityQuery.Order] = [
                .id, .attribute("v", descending: true), .modifiedAt(descending: true),
            ]
            for order in orders {
                var seen: [Int] = []
                for offset in stride(from: 0, to: 60, by: 7) {
                    let query = EntityQuery(types: ["EvacuationShelter"], order: order, limit: 7, offset: offset)
                    seen += try await test.store.query(.test(), query).entities.numbers
                }
                #expect(seen.count == 47)
                #expect(Set(seen).count == 47)
            }
        }
    }

    /// Every condition gives the same answer from the indexes and from the documents.
    @Test func indexesAgreeWithDocuments() async throws {
        try await withStore(.sqlite) { test in
            var random = SeededGenerator(seed: 7)
            let values: [JSON] = [
                0, 1, -1, .number("1.0"), .number("1e400"), .number("12345678901234567890"), "a", "b", "", "あ",
                .string(String(repeating: "x", count: 150)), "2026-01-01T00:00:00Z", "2026-01-01T09:00:00+09:00", true,
                [1, "a"], [], ["k": 1],
            ]
            _ = try await test.upsert(
                (0..<60).map { shelter($0, [.init("v", property(values.randomElement(using: &random) ?? 0))]) })
            let operands = [
                "0", "1", "1.0", "-0.5", "\"a\"", "\"\"", "\"あ\"", "2026-01-01T00:00:00Z", "\"2026\"", "true", "0..1",
            ]
            for operand in operands {
                for sign in ["==", "!=", ">", ">=", "<", "<="]
                where !(operand.contains("..") && sign.first != "=" && sign != "!=") {
                    let condition = try QueryCondition(parsing: "v\(sign)\(operand)")
                    // The second part is always true and in no index.
                    let unindexed = QueryCondition.or([condition, .exists(QueryPath(attribute: "nothing"))])
                    let fast = try await test.store.query(.test(), EntityQuery(condition: condition, limit: 100))
                    let slow = try await test.store.query(.test(), EntityQuery(condition: unindexed, limit: 100))
                    #expect(fast.entities.numbers == slow.entities.numbers, "v\(sign)\(operand)")
                }
            }
        }
    }
}

struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64
    init(seed: UInt64) { state = seed }
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }
}
