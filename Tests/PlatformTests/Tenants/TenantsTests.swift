import Foundation
import HigoTesting
import Platform
import Storage
import Testing

@Suite struct TenantsTests {
    @Test(arguments: TestDatabase.kinds)
    func seedsThePrefectureAndItsMunicipalitiesOnce(kind: TestDatabase.Kind) async throws {
        try await withDatabases(kind, [PlatformSchema.migrations]) { databases in
            let platform = PlatformServices(database: databases.main, hasher: PasswordHasher(.cheap))
            try await platform.start(.test(), dataFolder: "data")
            let directory = platform.tenants.current
            #expect(directory.tenants.count == 46)
            #expect(directory.municipalities.count == 45)
            #expect(directory[.prefecture]?.name == "熊本県")
            let arao = directory.municipality("432041")
            #expect(arao?.name == "荒尾市")
            #expect(arao?.population == 53_407)
            #expect(arao?.areaKm2 == "57.37")
            #expect(directory.municipality(fiveDigits: "43204") == arao)
            #expect(directory.municipality("430005") == nil)

            let again = try await platform.tenants.seed(.test(), dataFolder: "data")
            #expect(again == 0)
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func seedingRepairsARowThatDiffersFromTheFile(kind: TestDatabase.Kind) async throws {
        try await withPlatform(kind) { platform in
            var changed = TestPlatform.tenants
            changed[1].name = "熊本市役所"
            let written = try await platform.services.tenants.seed(platform.context, changed)
            #expect(written == 1)
            #expect(platform.services.tenants.current["431001"]?.name == "熊本市役所")
            #expect(platform.services.tenants.current.tenants.count == 3)
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func addsAProviderOnceByItsSlug(kind: TestDatabase.Kind) async throws {
        try await withPlatform(kind) { platform in
            let tenants = platform.services.tenants
            let provider = try await tenants.addProvider(platform.context, slug: "higo-bus", name: "肥後バス")
            #expect(tenants.current.providers == [provider])
            let twice = await refusal { try await tenants.addProvider(platform.context, slug: "higo-bus", name: "x") }
            #expect(twice?.code == .alreadyExists)
            let wrong = await refusal { try await tenants.addProvider(platform.context, slug: "Higo Bus", name: "x") }
            #expect(wrong?.code == .invalid)
            #expect(platform.databases.main.statistics.lateRefusals == 0)
        }
    }

    @Test func refusesAFileWithAWrongLine() throws {
        let header = "code,name,kana,romaji,county,type,population,population_basis,area_km2,lat,lon,url\n"
        #expect(throws: Refusal.self) { try MunicipalityFile.parse("code,name\n431001,熊本市\n") }
        #expect(throws: Refusal.self) { try MunicipalityFile.parse(header + "43100,熊本市,,,,,,,,,,\n") }
        #expect(throws: Refusal.self) { try MunicipalityFile.parse(header + "431001,熊本市\n") }
        #expect(throws: Refusal.self) { try MunicipalityFile.parse(header + "431002,熊本市,,,,,,,,,,\n") }
        #expect(try MunicipalityFile.parse(header + "431001,熊本市,,,,,,,,,,\n").first?.population == nil)
    }
}
