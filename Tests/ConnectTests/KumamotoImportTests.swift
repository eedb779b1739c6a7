import Connect
import Entities
import Foundation
import HigoTesting
import JSON
import Testing

/// What `make run` links, from the real files.
@Suite(.enabled(if: hasRealFiles)) struct KumamotoImportTests {
    @Test(arguments: TestDatabase.kinds) func linksKumamotosFiles(kind: TestDatabase.Kind) async throws {
        try await withImports(kind) { service, _ in
            let list = try FileList.named("kumamoto", dataFolder: dataFolder)
            let reports = try await service.importList(.test(), list, root: ".")
            #expect(reports.map(\.state) == list.files.map { _ in .applied })
            let expected = [
                "AdministrativeArea": 45, "GovernmentOrganization": 45, "EvacuationSite": 1_761,
                "DesignatedShelter": 1_338,
                "EvacuationShelter": 2_125, "MedicalFacility": 90, "PointOfInterest": 3_785, "GtfsStop": 2_103,
                "GtfsRoute": 404, "TrafficFlowObserved": 12,
            ]
            for (type, count) in expected {
                let found = try await service.count(type: type)
                #expect(found == count, "\(type)")
            }
            #expect(try await service.count(type: "EvacuationShelter", context: .anyone) == 0)
            #expect(reports.last?.rows == 77_532)
            let again = try await service.importList(.test(), list, root: ".")
            #expect(again.map(\.state) == list.files.map { _ in .unchanged })
        }
    }

    @Test func joinsTheSamePlacesOfThreeLists() async throws {
        try await withImports { service, _ in
            for file in ["shelters.csv", "shelters-designated.csv", "shelters-portal-capacity.csv"] {
                _ = try await service.importFile(.test(), path: "\(realFolder)/\(file)", options: ImportOptions())
            }
            let entity = try await service.entities.get(
                .test(), id: "urn:ngsi-ld:DesignatedShelter:431001:E4310000002111")
            let document = try JSON(parsing: try #require(entity).document)
            let links = document["sameAs"]?.arrayValue ?? document["sameAs"].map { [$0] } ?? []
            #expect(links.contains { $0["object"] == "urn:ngsi-ld:EvacuationSite:431001:E4310000002201" })
            #expect(links.allSatisfy { $0["score"]?["value"] != nil && $0["rule"]?["value"] != nil })
        }
    }
}
