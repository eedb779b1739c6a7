import Entities
import HigoTesting
import JSON
import Storage
import Testing

struct HistoryTests {
    private static let start = Instant(seconds: 1_700_000_000)

    private static func observations(_ range: Range<Int>, step: Double = 300) -> [Observation] {
        range.map { index in
            Observation(
                attribute: "intensity", value: Array("\(index % 7).\(index % 10)0".utf8),
                observedAt: start.advanced(bySeconds: Double(index) * step))
        }
    }

    private static func append(_ observations: [Observation], to test: TestStore) async throws -> Int {
        let store = test.store
        return try await test.database.write(.test()) { transaction throws(Refusal) in
            try store.appendHistory(id: "urn:ngsi-ld:EvacuationShelter:1", observations, in: transaction)
        }
    }

    @Test(arguments: TestDatabase.kinds) func appendsInBulkInAnyOrderAndRepeatsChangeNothing(
        kind: TestDatabase.Kind
    ) async throws {
        try await withStore(kind) { test in
            _ = try await test.upsert([shelter(1)])
            let all = Self.observations(0..<2_000)
            for part in [1_200..<2_000, 0..<700, 500..<1_300] {
                _ = try await Self.append(Array(all[part]), to: test)
            }
            let rows = try await test.logRows()
            #expect(rows == 4)
            let again = try await Self.append(all, to: test)
            #expect(again == 0)
            let unchanged = try await test.logRows()
            #expect(unchanged == 4)
            let history = try await test.store.history(
                .test(), id: "urn:ngsi-ld:EvacuationShelter:1", attribute: "intensity", limit: 5_000)
            #expect(history == all)
            let entity = try await test.store.get(.test(), id: "urn:ngsi-ld:EvacuationShelter:1")
            #expect(entity?.attributes["intensity"]?["observedAt"] == .string(DateTime.text(all[1_999].observedAt)))
            #expect(entity?.attributes["intensity"]?["value"] == .number("4.90"))
        }
    }

    @Test(arguments: TestDatabase.kinds) func readsByRangeAndTheNewestOfALimit(kind: TestDatabase.Kind) async throws {
        try await withStore(kind) { test in
            _ = try await test.upsert([shelter(1)])
            let all = Self.observations(0..<1_500)
            _ = try await Self.append(all, to: test)
            let id = "urn:ngsi-ld:EvacuationShelter:1"
            let range = try await test.store.history(
                .test(), id: id, attribute: "intensity", from: all[500].observedAt, to: all[600].observedAt)
            #expect(range == Array(all[500..<600]))
            let newest = try await test.store.history(.test(), id: id, attribute: "intensity", limit: 3)
            #expect(newest == Array(all.suffix(3)))
        }
    }

    @Test(arguments: TestDatabase.kinds) func foldsSingleUpdatesOnReadAndInTheBackground(
        kind: TestDatabase.Kind
    ) async throws {
        try await withStore(kind) { test in
            let clock = TestClock(Self.start)
            let id = "urn:ngsi-ld:EvacuationShelter:1"
            _ = try await test.store.create(.test(clock: clock), shelter(1, [.init("level", property(1))]))
            for value in 2...4 {
                clock.advance(bySeconds: 1)
                _ = try await test.store.updateAttributes(
                    .test(clock: clock), id: id, attributes: JSONObject([.init("level", property(.int(Int64(value))))]))
                if value == 3 { try await test.fold() }
            }
            let history = try await test.store.history(.test(), id: id, attribute: "level")
            #expect(history.map { String(decoding: $0.value, as: UTF8.self) } == ["1", "2", "3", "4"])
            try await test.fold()
            let folded = try await test.store.history(.test(), id: id, attribute: "level")
            #expect(folded == history)
        }
    }

    @Test(arguments: TestDatabase.kinds) func outlivesTheEntityAndIsNotInherited(kind: TestDatabase.Kind) async throws {
        try await withStore(kind) { test in
            let id = "urn:ngsi-ld:EvacuationShelter:1"
            _ = try await test.upsert([shelter(1)])
            _ = try await Self.append(Self.observations(0..<3), to: test)
            try await test.store.delete(.test(), id: id)
            try await test.fold()
            let kept = try await test.store.history(.test(), id: id, attribute: "intensity")
            #expect(kept == Self.observations(0..<3))
            _ = try await test.upsert([shelter(1)])
            let fresh = try await test.store.history(.test(), id: id, attribute: "intensity")
            #expect(fresh == [])
        }
    }
}
