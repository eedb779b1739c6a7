import HigoTesting
import Platform
import Storage
import Testing

@Suite struct UnitsTests {
    private let bureau = OrganizationUnit(id: "kikaku", tenant: "431001", name: "企画振興部", kana: "きかくしんこうぶ")
    private let section = OrganizationUnit(id: "joho", tenant: "431001", parentID: "kikaku", name: "情報政策課")

    @Test(arguments: TestDatabase.kinds)
    func keepsUnitsAsATree(kind: TestDatabase.Kind) async throws {
        try await withPlatform(kind) { platform in
            let units = platform.services.units
            try await units.add(platform.context, bureau)
            try await units.add(platform.context, section)
            let tree = try await units.tree(platform.context, of: "431001")
            #expect(tree.roots.map(\.id) == ["kikaku"])
            #expect(tree.children(of: "kikaku").map(\.name) == ["情報政策課"])
            #expect(tree.ancestors(of: "joho").map(\.id) == ["kikaku"])
            let other = try await units.tree(platform.context, of: "432024")
            #expect(other.units.isEmpty)
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func refusesRingsMissingParentsAndStaleVersions(kind: TestDatabase.Kind) async throws {
        try await withPlatform(kind) { platform in
            let units = platform.services.units
            try await units.add(platform.context, bureau)
            try await units.add(platform.context, section)
            var ring = bureau
            ring.parentID = "joho"
            let refusedRing = await refusal { try await units.update(platform.context, ring) }
            #expect(refusedRing?.code == .invalid)

            var renamed = section
            renamed.name = "デジタル戦略課"
            try await units.update(platform.context, renamed)
            let stale = await refusal { try await units.update(platform.context, renamed) }
            #expect(stale?.code == .preconditionFailed)

            let orphan = OrganizationUnit(id: "ka", tenant: "431001", parentID: "nowhere", name: "課")
            let refusedOrphan = await refusal { try await units.add(platform.context, orphan) }
            #expect(refusedOrphan?.code == .notFound)
            let tree = try await units.tree(platform.context, of: "431001")
            #expect(tree["joho"]?.name == "デジタル戦略課")
            #expect(tree["joho"]?.version == 2)
            #expect(platform.databases.main.statistics.lateRefusals == 0)
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func refusesAnotherTenantsPeople(kind: TestDatabase.Kind) async throws {
        try await withPlatform(kind) { platform in
            let actor = Actor(id: "officer:x", kind: .officer, tenant: "432024", permissions: [.manageUnits])
            let wrongTenant = await refusal {
                try await platform.services.units.add(platform.context(as: actor), bureau)
            }
            #expect(wrongTenant?.code == .forbidden)
            let anonymous = await refusal {
                try await platform.services.units.add(platform.context(as: .anonymous), bureau)
            }
            #expect(anonymous?.code == .unauthenticated)
        }
    }
}
