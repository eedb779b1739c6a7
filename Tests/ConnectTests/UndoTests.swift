import Connect
import Entities
import HigoTesting
import JSON
import Storage
import Testing
import Web

@Suite struct UndoTests {
    private func value(_ service: ImportService, _ number: Int) async throws -> JSON? {
        let entity = try await service.entities.get(.test(), id: "urn:ngsi-ld:AED:431001:\(number)")
        return try entity.map { try JSON(parsing: $0.document)["installationLocation"]?["value"] ?? .null }
    }

    private func link(_ service: ImportService, floor: Int) async throws -> String {
        let text = ImportFlowTests.aed(["431001,1,本庁舎,熊本市,32.8,130.7,\(floor)階", "431001,2,駅,熊本市,32.79,130.69,改札"])
        return try await service.importText(text, name: "431001_aed.csv").importID ?? ""
    }

    @Test(arguments: TestDatabase.kinds) func leavesWhatOthersChangedSince(kind: TestDatabase.Kind) async throws {
        try await withImports(kind) { service, _ in
            let id = try await link(service, floor: 1)
            _ = try await service.entities.updateAttributes(
                .test(), id: "urn:ngsi-ld:AED:431001:1",
                attributes: JSONObject([.init("installationLocation", ["type": "Property", "value": "屋上"])]))
            #expect(try await service.undo(.test(), importID: id) == 1)
            #expect(try await value(service, 1) == "屋上")
            #expect(try await value(service, 2) == nil)
        }
    }

    @Test(arguments: TestDatabase.kinds) func neverDeletesWhatAnEarlierImportMade(kind: TestDatabase.Kind) async throws
    {
        try await withImports(kind) { service, _ in
            _ = try await link(service, floor: 1)
            let second = try await link(service, floor: 2)
            let third = try await link(service, floor: 3)
            try await service.undo(.test(), importID: third)
            #expect(try await value(service, 1) == "2階")
            await #expect(throws: Refusal.self) { try await service.undo(.test(), importID: second) }
            #expect(try await value(service, 1) == "2階")
        }
    }

    @Test func onlyItsOwnersPeopleUndoAnImport() async throws {
        try await withImports { service, _ in
            let id = try await link(service, floor: 1)
            let other = Actor(id: "officer:x", kind: .officer, tenant: "431001", permissions: ["connect.import.run"])
            await #expect(throws: Refusal.self) { try await service.undo(.test(actor: other), importID: id) }
            let own = Actor(id: "officer:y", kind: .officer, tenant: .prefecture, permissions: ["connect.import.run"])
            #expect(try await service.undo(.test(actor: own), importID: id) == 0)
        }
    }
}
