import Entities
import HigoTesting
import JSON
import Storage
import Testing

@Suite struct VisibilityRuleTests {
    private static let city: TenantID = "431001"

    /// The shelters that a reader sees.
    private func seen(_ context: OperationContext, _ store: TestStore) async throws -> [String] {
        try await store.store.query(context, EntityQuery(types: ["EvacuationShelter"], limit: 1_000)).entities.map(\.id)
    }

    /// Runs the job of every rule that waits in line.
    private func runJobs(_ store: TestStore) async throws {
        let payloads = try await store.database.query(.test()) { reader throws(Refusal) in
            try reader.rows("SELECT payload FROM jobs WHERE type = 'context.visibility'").map { $0.bytes("payload") }
        }
        for payload in payloads { try await store.store.applyVisibility(.test(), payload: payload) }
    }

    @Test(arguments: TestDatabase.kinds) func holdsForNewEntitiesAtOnce(kind: TestDatabase.Kind) async throws {
        try await withStore(kind) { store in
            try await store.store.setVisibility(.test(), .tenant, type: "EvacuationShelter", owner: Self.city)
            _ = try await store.upsert([shelter(1, owner: Self.city), shelter(2)])
            let other = try await store.store.create(.test(), shelter(3, owner: Self.city))
            #expect(other.visibility == .tenant)
            #expect(try await seen(.anonymous, store).count == 1)
            #expect(try await seen(.officer(of: "432024"), store).count == 1)
            #expect(try await seen(.officer(of: Self.city), store).count == 3)
        }
    }

    @Test(arguments: TestDatabase.kinds) func reachesWhatIsThereInChunks(kind: TestDatabase.Kind) async throws {
        try await withStore(kind) { store in
            _ = try await store.upsert((1...450).map { shelter($0, owner: Self.city) } + [shelter(900)])
            try await store.store.setVisibility(.test(), .bodies, type: "EvacuationShelter", owner: Self.city)
            #expect(try await seen(.anonymous, store).count == 451)
            try await runJobs(store)
            #expect(try await seen(.anonymous, store).count == 1)
            #expect(try await seen(.officer(of: "432024"), store).count == 451)
            let rows = try await store.logRows()
            try await runJobs(store)
            #expect(try await store.logRows() == rows)
            try await store.fold()
            #expect(try await store.store.types(.anonymous).map(\.count) == [1])
            #expect(try await store.store.types(.officer(of: "432024")).map(\.count) == [451])
        }
    }

    @Test(arguments: TestDatabase.kinds) func keepsToItsSpaceTypeAndOwner(kind: TestDatabase.Kind) async throws {
        try await withStore(kind) { store in
            try await store.store.setVisibility(.test(), .tenant, type: "EvacuationShelter", owner: Self.city)
            let writes = [shelter(1), shelter(2, owner: Self.city, type: "AED")]
            _ = try await store.upsert(writes)
            let elsewhere = try await store.store.create(
                .test(), shelter(3, owner: Self.city, space: "431001_bousai"))
            #expect(elsewhere.visibility == .public)
            #expect(try await store.store.query(.anonymous, EntityQuery()).entities.count == 2)
        }
    }

    @Test func whatHasNoStatedLicenceNeverBecomesPublic() async throws {
        try await withStore(.sqlite) { store in
            try await store.store.setVisibility(.test(), .public, type: "EvacuationShelter", owner: .prefecture)
            var imported = shelter(1, visibility: .bodies)
            imported.provenance = Provenance(importID: "i1")
            let entity = try await store.store.create(.test(), imported)
            #expect(entity.visibility == .bodies)
        }
    }

    @Test func onlyThoseWhoMayActForTheOwnerSetIt() async throws {
        try await withStore(.sqlite) { store in
            var officer = OperationContext.officer(of: "432024")
            await #expect(throws: Refusal.self) {
                try await store.store.setVisibility(officer, .public, type: "AED", owner: "432024")
            }
            officer.actor = Actor(
                id: "officer:x", kind: .officer, tenant: "432024", permissions: [EntityStore.manageVisibility])
            try await store.store.setVisibility(officer, .public, type: "AED", owner: "432024")
            let context = officer
            await #expect(throws: Refusal.self) {
                try await store.store.setVisibility(context, .public, type: "AED", owner: Self.city)
            }
            #expect(try await store.store.visibilityRules(officer).map(\.type) == ["AED"])
        }
    }
}
