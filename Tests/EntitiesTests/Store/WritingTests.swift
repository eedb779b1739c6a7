import Entities
import HigoTesting
import JSON
import Storage
import Testing

struct WritingTests {
    @Test(arguments: TestDatabase.kinds) func keepsWhatWasCreated(kind: TestDatabase.Kind) async throws {
        try await withStore(kind) { test in
            let write = shelter(1, [.init("name", property("熊本城", ["observedAt": "2026-01-01T00:00:00Z"]))])
            _ = try await test.store.create(.test(), write)
            let entity = try #require(try await test.store.get(.test(), id: write.entity.id))
            #expect(
                String(decoding: entity.document, as: UTF8.self) == """
                    {"id":"urn:ngsi-ld:EvacuationShelter:1","type":"EvacuationShelter","name":{"type":"Property",\
                    "value":"熊本城","observedAt":"2026-01-01T00:00:00Z"}}
                    """)
            #expect(entity.version == 1)
            #expect(entity.provenance == write.provenance)
            #expect(entity.municipality == "431001")
        }
    }

    @Test(arguments: TestDatabase.kinds) func updatesOneAttributeAndLeavesTheOthersAsTheyWere(
        kind: TestDatabase.Kind
    ) async throws {
        try await withStore(kind) { test in
            let clock = TestClock(Instant(seconds: 1_775_001_600))
            let write = shelter(
                1, [.init("capacity", property(.number("100.0"))), .init("name", property("A"))])
            _ = try await test.store.create(.test(clock: clock), write)
            clock.advance(bySeconds: 60)
            let updated = try await test.store.updateAttributes(
                .test(clock: clock), id: write.entity.id,
                attributes: JSONObject([.init("name", property("B")), .init("open", property(true))]))
            #expect(
                String(decoding: updated.document, as: UTF8.self) == """
                    {"id":"urn:ngsi-ld:EvacuationShelter:1","type":"EvacuationShelter",\
                    "capacity":{"type":"Property","value":100.0},"name":{"type":"Property","value":"B"},\
                    "open":{"type":"Property","value":true}}
                    """)
            #expect(updated.version == 2)
            #expect(DateTime.text(updated.modifiedAt(ofAttribute: "capacity")) == "2026-04-01T00:00:00.000Z")
            #expect(DateTime.text(updated.createdAt(ofAttribute: "name")) == "2026-04-01T00:00:00.000Z")
            #expect(DateTime.text(updated.modifiedAt(ofAttribute: "name")) == "2026-04-01T00:01:00.000Z")
            #expect(DateTime.text(updated.createdAt(ofAttribute: "open")) == "2026-04-01T00:01:00.000Z")
        }
    }

    @Test(arguments: TestDatabase.kinds) func equalAttributesChangeNothing(kind: TestDatabase.Kind) async throws {
        try await withStore(kind) { test in
            let write = shelter(1)
            _ = try await test.store.create(.test(), write)
            let same = try await test.store.updateAttributes(
                .test(), id: write.entity.id, attributes: write.entity.attributes)
            #expect(same.version == 1)
            let rows = try await test.logRows()
            #expect(rows == 1)
        }
    }

    @Test(arguments: TestDatabase.kinds) func upsertsWithoutWritingWhatIsEqual(kind: TestDatabase.Kind) async throws {
        try await withStore(kind) { test in
            let first = try await test.upsert([shelter(1), shelter(2)])
            #expect(first == [.created, .created])
            let second = try await test.upsert([shelter(1), shelter(2, [.init("name", property("別の名"))]), shelter(3)])
            #expect(second == [.unchanged, .updated, .created])
            let rows = try await test.logRows()
            #expect(rows == 4)
            let changed = try await test.store.get(.test(), id: "urn:ngsi-ld:EvacuationShelter:2")
            #expect(changed?.version == 2)
        }
    }

    @Test(arguments: TestDatabase.kinds) func refusalsComeBeforeTheFirstWrite(kind: TestDatabase.Kind) async throws {
        try await withStore(kind) { test in
            let (store, write) = (test.store, shelter(1, visibility: .bodies))
            _ = try await store.create(.test(), write)
            let (id, changes) = (write.entity.id, JSONObject([.init("name", property("x"))]))
            let city = OperationContext.officer(of: "431001")
            #expect(await code { try await store.create(.test(), write) } == .alreadyExists)
            #expect(
                await code { try await store.updateAttributes(.test(), id: "urn:x:none", attributes: changes) }
                    == .notFound)
            #expect(
                await code { try await store.updateAttributes(.test(), id: id, attributes: changes, version: 7) }
                    == .preconditionFailed)
            #expect(await code { try await store.updateAttributes(city, id: id, attributes: changes) } == .forbidden)
            #expect(
                await code { try await store.updateAttributes(.anonymous, id: id, attributes: changes) } == .notFound)
            #expect(await code { try await store.delete(city, id: id) } == .forbidden)
            #expect(await code { try await store.delete(.test(), id: "urn:x:none") } == .notFound)
            #expect(
                await code { try await store.create(city, shelter(9, owner: "431001", space: "432024")) } == .forbidden)
            #expect(test.database.statistics.lateRefusals == 0)
            #expect(test.database.statistics.replays == 0)
        }
    }

    @Test(arguments: TestDatabase.kinds) func deletedEntitiesAreGoneFromEveryIndex(kind: TestDatabase.Kind) async throws
    {
        try await withStore(kind) { test in
            let write = shelter(
                1,
                [.init("name", property("図書館")), .init("capacity", property(5)), .init("location", place(130.7, 32.8))])
            _ = try await test.store.create(.test(), write)
            try await test.fold()
            try await test.store.delete(.test(), id: write.entity.id)
            try await test.fold()
            let left = try await test.database.query(.test()) { reader throws(Refusal) in
                var left: [String: Int] = [:]
                for table in [
                    "entities", "entity_types", "entity_numbers", "entity_texts", "entity_geo", "entity_text",
                ] {
                    left[table] = try reader.count("SELECT COUNT(*) FROM \(table)")
                }
                return left.filter { $0.value > 0 }
            }
            #expect(left == [:])
            let types = try await test.store.types(.test())
            #expect(types == [])
        }
    }

    @Test func namesEveryFaultWithItsPlace() throws {
        let write = EntityWrite(
            entity: Entity(
                id: "no uri", types: ["A B"],
                attributes: JSONObject([
                    .init("a", 5), .init("b", ["type": "Property"]),
                    .init("c", ["type": "GeoProperty", "value": ["type": "Point", "coordinates": [200, 0]]]),
                    .init("d", property(1, ["observedAt": "yesterday", "x~/y": 1])),
                    .init("e", ["type": "Relationship", "object": "not a uri"]),
                    .init("f", [property(1), property(2)]),
                ])), owner: .prefecture)
        do {
            _ = try PreparedEntity(checking: write)
            Issue.record("It must be refused.")
        } catch {
            #expect(error.code == .invalid)
            #expect(
                error.faults.map(\.pointer) == [
                    "/id", "/type", "/a", "/b/value", "/c/value/coordinates/0", "/d/observedAt", "/d/x~0~1y",
                    "/d/x~0~1y",
                    "/e/object", "/f/1/datasetId",
                ])
        }
    }
}

/// The code of the refusal; nil if it was done.
func code<T>(_ body: () async throws -> T) async -> Refusal.Code? {
    do {
        _ = try await body()
        return nil
    } catch {
        return (error as? Refusal)?.code ?? .storage
    }
}
