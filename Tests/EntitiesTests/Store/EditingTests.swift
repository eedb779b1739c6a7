import Entities
import HigoTesting
import JSON
import Storage
import Testing

struct EditingTests {
    private static let id = "urn:ngsi-ld:EvacuationShelter:1"

    @Test(arguments: TestDatabase.kinds) func editsWhatIsThere(kind: TestDatabase.Kind) async throws {
        try await withStore(kind) { test in
            _ = try await test.store.create(
                .test(), shelter(1, [.init("capacity", property(10)), .init("name", property("A"))]))
            let outcome = try await test.store.edit(.test(), id: Self.id) { entity in
                let capacity = entity.attributes["capacity"]?["value"]?.intValue ?? 0
                return EntityEdit(
                    attributes: [
                        ("capacity", property(.int(Int64(capacity + 5)))), ("name", nil), ("nothing", nil),
                        ("open", property(true)),
                    ], types: ["EvacuationShelter", "Building"], scopes: ["/Kumamoto/Chuo"],
                    expiresAt: .some(Instant(seconds: 1_900_000_000)))
            }
            guard case .changed(let entity, let changed) = outcome else {
                Issue.record("It changes.")
                return
            }
            #expect(changed == ["capacity", "name", "open"])
            let stored = try #require(try await test.store.get(.test(), id: Self.id))
            #expect(stored.document == entity.document)
            #expect(
                String(decoding: stored.document, as: UTF8.self) == """
                    {"id":"urn:ngsi-ld:EvacuationShelter:1","type":["EvacuationShelter","Building"],\
                    "scope":"/Kumamoto/Chuo","expiresAt":"2030-03-17T17:46:40.000Z",\
                    "capacity":{"type":"Property","value":15},"open":{"type":"Property","value":true}}
                    """)
            #expect(stored.version == 2)
            let buildings = try await test.store.query(
                .test(), EntityQuery(types: ["Building"], condition: try QueryCondition(parsing: "capacity==15")))
            #expect(buildings.entities.numbers == [1])
        }
    }

    @Test(arguments: TestDatabase.kinds) func editsThatChangeNothingWriteNothing(kind: TestDatabase.Kind) async throws {
        try await withStore(kind) { test in
            let write = shelter(1)
            _ = try await test.store.create(.test(), write)
            let same = try await test.store.edit(.test(), id: Self.id) { entity in
                EntityEdit(attributes: entity.attributes.members.map { ($0.name, $0.value) }, types: entity.types)
            }
            guard case .unchanged = same else {
                Issue.record("Nothing changes.")
                return
            }
            let replaced = try await test.store.replace(.test(), write)
            guard case .unchanged = replaced else {
                Issue.record("Nothing changes.")
                return
            }
            let rows = try await test.logRows()
            #expect(rows == 1)
        }
    }

    @Test(arguments: TestDatabase.kinds) func replacesAllButTheOwner(kind: TestDatabase.Kind) async throws {
        try await withStore(kind) { test in
            _ = try await test.store.create(
                .test(), shelter(1, [.init("a", property(1)), .init("b", property(2))]))
            var write = shelter(1, [.init("b", property(3)), .init("c", property(4))], owner: "431001")
            write.entity.scopes = ["/A", "/B/C"]
            guard case .changed(let entity, let changed) = try await test.store.replace(.test(), write) else {
                Issue.record("It changes.")
                return
            }
            #expect(changed.sorted() == ["a", "b", "c"])
            #expect(entity.owner == .prefecture)
            #expect(entity.scopes == ["/A", "/B/C"])
            #expect(entity.attributes.names == ["b", "c"])
            #expect(await code { try await test.store.replace(.test(), shelter(2)) } == .notFound)
            #expect(await code { try await test.store.replace(.test(), write, version: 1) } == .preconditionFailed)
        }
    }

    @Test(arguments: TestDatabase.kinds) func refusalsOfEditsComeBeforeTheFirstWrite(kind: TestDatabase.Kind)
        async throws
    {
        try await withStore(kind) { test in
            let store = test.store
            _ = try await store.create(.test(), shelter(1))
            func edit(_ edit: EntityEdit) async -> Refusal.Code? {
                await code { try await store.edit(.test(), id: Self.id) { _ in edit } }
            }
            #expect(await edit(EntityEdit(attributes: [("x", 5)])) == .invalid)
            #expect(await edit(EntityEdit(types: [])) == .invalid)
            #expect(await edit(EntityEdit(scopes: ["no/slash"])) == .invalid)
            #expect(
                await code {
                    try await store.edit(.test(), id: Self.id) { _ throws(Refusal) in throw Refusal(.conflict, "No.") }
                } == .conflict)
            #expect(test.database.statistics.lateRefusals == 0)
        }
    }

    @Test func takesAnyNameThatNGSIv2Takes() async throws {
        try await withStore(.sqlite) { test in
            let write = EntityWrite(
                entity: Entity(
                    id: "Room1", types: ["客室.A"], attributes: JSONObject([.init("1st/温度", property(20))])),
                owner: .prefecture, naming: .free)
            _ = try await test.store.create(.test(), write)
            let page = try await test.store.query(.test(), EntityQuery(ids: ["Room1"]))
            #expect(page.entities.map(\.types) == [["客室.A"]])
            let edited = try await test.store.edit(.test(), id: "Room1") { _ in
                EntityEdit(attributes: [("2nd.x", property(1))], naming: .free)
            }
            #expect(edited.entity.attributes.names == ["1st/温度", "2nd.x"])
            var blank = write
            blank.entity.id = "Room 1"
            #expect(await code { try await test.store.create(.test(), blank) } == .invalid)
        }
    }

    @Test func keepsInstancesByDataset() throws {
        let write = shelter(
            1,
            [
                .init(
                    "speed",
                    [
                        property(1, ["datasetId": "@none"]), property(2, ["datasetId": "urn:ngsi-ld:Dataset:2"]),
                    ])
            ])
        let prepared = try PreparedEntity(checking: write)
        #expect(
            prepared.write.entity.attributes["speed"]?.description == """
                [{"type":"Property","value":1},\
                {"type":"Property","value":2,"datasetId":"urn:ngsi-ld:Dataset:2"}]
                """)
        let twice = shelter(1, [.init("speed", [property(1), property(2, ["datasetId": "@none"])])])
        #expect(throws: Refusal.self) { try PreparedEntity(checking: twice) }
    }
}
