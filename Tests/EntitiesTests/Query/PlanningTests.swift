import Entities
import Geometry
import HigoTesting
import JSON
import Storage
import Testing

/// Whatever way a query is answered, the answer is the same as that of looking at every entity.
struct PlanningTests {
    private static func entity(_ number: Int, _ random: inout SeededGenerator) -> EntityWrite {
        let types = [["A"], ["B"], ["A", "B"], ["C"]][Int.random(in: 0..<4, using: &random)]
        var attributes = [
            JSONObject.Member("n", property(.int(Int64.random(in: 0..<400, using: &random)))),
            .init("m", property(.int(Int64.random(in: 0..<4, using: &random)))),
            .init("t", property(.string(["x", "y", "z"].randomElement(using: &random) ?? ""))),
        ]
        if Bool.random(using: &random) {
            let (east, north) = (Double.random(in: 0..<1, using: &random), Double.random(in: 0..<1, using: &random))
            attributes.append(.init(number % 3 == 0 ? "place" : "location", place(130 + east, 32 + north)))
        }
        if Int.random(in: 0..<4, using: &random) == 0 { attributes.removeFirst() }
        let scopes = [[], ["/A"], ["/A/B"], ["/A/C", "/D"]][Int.random(in: 0..<4, using: &random)]
        return EntityWrite(
            entity: Entity(
                id: "urn:e:\(number * 7_919 % 1_009)", types: types, attributes: JSONObject(attributes), scopes: scopes),
            owner: .prefecture, visibility: number % 5 == 0 ? .tenant : .public)
    }

    private static func query(_ random: inout SeededGenerator) throws -> EntityQuery {
        func one<T>(_ choices: [T]) -> T { choices[Int.random(in: 0..<choices.count, using: &random)] }
        var query = EntityQuery(types: one([[], [], ["A"], ["B"], ["C", "A"]]))
        let number = Int.random(in: 0..<400, using: &random)
        let conditions = [
            nil, "n>\(number)", "n<\(number);m==1", "n==\(number)", "n==\(number)..\(number + 5);t==\"x\"",
            "m!=2;t==\"y\"",
            "n<\(number)|m==3", "t~=[xy];n>\(number)", "!n", "m==0,1;n>=\(number)",
        ]
        query.condition = try one(conditions).map { text throws(QuerySyntaxError) in try QueryCondition(parsing: text) }
        query.scope = try one([nil, nil, nil, "/A", "/A/#", "/A/+", "/D;/A/#"])
            .map { text throws(QuerySyntaxError) in try ScopeQuery(parsing: text) }
        let here = Coordinate(
            longitude: 130 + Double.random(in: 0..<1, using: &random),
            latitude: 32 + Double.random(in: 0..<1, using: &random))
        if Int.random(in: 0..<3, using: &random) == 0 {
            query.geo = GeoQuery(
                relation: one([
                    .near(minimum: nil, maximum: 8_000), .near(minimum: 5_000, maximum: 90_000),
                    .near(minimum: 30_000, maximum: nil),
                ]), geometry: .point(here), property: one(["location", "place", "*"]))
        }
        if Int.random(in: 0..<3, using: &random) == 0 {
            query.selectors = [
                EntitySelector(
                    idPattern: try one([nil, Pattern("1$")]), types: try one([nil, TypeExpression(parsing: "A;B")])),
                EntitySelector(types: TypeExpression(anyOf: ["C"])),
            ]
        }
        let orders: [[EntityQuery.Order]] = [
            [], [.id], [.createdAt(descending: true)], [.attribute("n", descending: true)],
            [.modifiedAt(descending: true)],
            [.type(descending: false), .attribute("n", descending: true)],
            [.path(QueryPath(attribute: "t"), descending: true), .id],
            query.geo == nil ? [] : [.distance], query.geo == nil ? [] : [.farthest],
        ]
        query.orders = one(orders)
        (query.limit, query.offset) = (one([1, 5, 20]), one([0, 0, 3]))
        query.countsAll = one([true, false, false])
        return query
    }

    @Test(arguments: TestDatabase.kinds) func everyWayGivesTheSame(kind: TestDatabase.Kind) async throws {
        try await withStore(kind) { test in
            var random = SeededGenerator(seed: 99)
            let writes = (0..<300).map { Self.entity($0, &random) }
            _ = try await test.store.batch(.test(), writes.map { .upsert($0, whole: true) })
            try await test.fold()
            let all = try await test.store.query(.test(), EntityQuery(limit: 1_000)).entities
            #expect(all.count == 300)
            for _ in 0..<400 {
                let query = try Self.query(&random)
                let matcher = try EntityMatcher(query)
                let wanted = all.filter { matcher.matches($0) && $0.visibility == .public }
                let page = try await test.store.query(.anonymous, query)
                #expect(page.total == (query.countsAll ? wanted.count : nil), "\(query)")
                let size = max(0, min(query.limit, wanted.count - query.offset))
                #expect(page.entities.count == size, "\(query)")
                #expect(Set(page.entities.map(\.id)).isSubset(of: Set(wanted.map(\.id))), "\(query)")
                var whole = query
                (whole.limit, whole.offset, whole.countsAll) = (1_000, 0, true)
                let sorted = try await test.store.query(.anonymous, whole).entities.map(\.id)
                #expect(
                    page.entities.map(\.id) == Array(sorted.dropFirst(query.offset).prefix(query.limit)), "\(query)")
                if query.orders.isEmpty || query.orders == [.id] { #expect(sorted == wanted.map(\.id)) }
            }
        }
    }

    @Test(arguments: TestDatabase.kinds) func pagesByIdGoOnAfterTheLast(kind: TestDatabase.Kind) async throws {
        try await withStore(kind) { test in
            var random = SeededGenerator(seed: 5)
            let writes = (0..<120).map { Self.entity($0, &random) }
            _ = try await test.store.batch(.test(), writes.map { .upsert($0, whole: true) })
            var query = EntityQuery(condition: try QueryCondition(parsing: "n>50;m!=1"), limit: 7)
            var seen: [String] = []
            while true {
                let page = try await test.store.query(.test(), query).entities.map(\.id)
                seen += page
                guard page.count == 7 else { break }
                query.after = page.last
            }
            query.after = nil
            query.limit = 1_000
            let all = try await test.store.query(.test(), query).entities.map(\.id)
            #expect(seen == all)
            #expect(seen.count > 30)
        }
    }

    @Test(arguments: TestDatabase.kinds) func ordersBySeveralKeys(kind: TestDatabase.Kind) async throws {
        try await withStore(kind) { test in
            let facts: [(Int, JSON?, Double)] = [(1, 5, 0.3), (2, 5, 0.1), (3, 7, 0.2), (4, nil, 0.0), (5, "a", 0.4)]
            _ = try await test.upsert(
                facts.map { number, value, east in
                    shelter(
                        number,
                        [.init("location", place(130 + east, 32))] + (value.map { [.init("v", property($0))] } ?? []))
                })
            var query = EntityQuery(
                types: ["EvacuationShelter"],
                geo: GeoQuery(
                    relation: .near(minimum: nil, maximum: 100_000),
                    geometry: .point(Coordinate(longitude: 130, latitude: 32))))
            for (orders, numbers) in [
                ([.attribute("v", descending: false), .distance], [2, 1, 3, 5, 4]),
                ([.attribute("v", descending: true), .farthest], [3, 1, 2, 5, 4]), ([.distance], [4, 2, 3, 1, 5]),
                ([.farthest], [5, 1, 3, 2, 4]), ([.createdAt(descending: true)], [5, 4, 3, 2, 1]),
            ] as [([EntityQuery.Order], [Int])] {
                query.orders = orders
                let page = try await test.store.query(.test(), query)
                #expect(page.entities.numbers == numbers)
            }
        }
    }
}
