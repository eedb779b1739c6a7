import HigoTesting
import Platform
import Storage
import Testing

@Suite struct RolesTests {
    private let write: Permission = "context.entity.write"
    private let declared = [
        PermissionDeclaration("context.entity.write", "Write entities."),
        PermissionDeclaration("context.entity.read", "Read what is not public."),
        PermissionDeclaration("catalogue.dataset.publish", "Publish data sets."),
        PermissionDeclaration("maps.style.manage", "Manage styles.", heldBy: [.publisher]),
    ]

    @Test func rolesAreSetsOfWhatModulesDeclare() {
        let catalogue = PermissionCatalogue(declared)
        #expect(catalogue.permissions(of: .viewer) == ["context.entity.read"])
        #expect(catalogue.permissions(of: .editor) == ["context.entity.read", "context.entity.write"])
        #expect(
            catalogue.permissions(of: .publisher) == [
                "context.entity.read", "context.entity.write", "catalogue.dataset.publish", "maps.style.manage",
            ])
        #expect(catalogue.permissions(of: .auditor) == [.readAudit])
        #expect(catalogue.permissions(of: .administrator) == Set(catalogue.declarations.map(\.permission)))
    }

    @Test(arguments: TestDatabase.kinds)
    func aRoleHoldsWithinItsTerm(kind: TestDatabase.Kind) async throws {
        try await withPlatform(kind, permissions: declared) { platform in
            let account = try await platform.account("hanako@example.jp", of: "431001")
            let now = platform.clock.now()
            _ = try await platform.services.roles.grant(
                platform.context, .editor, to: account,
                term: Term(starts: now.advanced(bySeconds: 2), ends: now.advanced(bySeconds: 4)))
            let token = try await platform.signIn("hanako@example.jp")
            var held: [Bool] = []
            for _ in 0..<5 {
                held.append(try await platform.actor(session: token)?.holds(write) == true)
                platform.clock.advance(bySeconds: 1)
            }
            #expect(held == [false, false, true, true, false])
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func aDeputyHoldsTheRoleWhileBothTermsRun(kind: TestDatabase.Kind) async throws {
        try await withPlatform(kind, permissions: declared) { platform in
            let head = try await platform.account("head@example.jp", of: "431001")
            let deputy = try await platform.account("deputy@example.jp", of: "431001")
            let roles = platform.services.roles
            let assignment = try await roles.grant(platform.context, .editor, to: head)
            let now = platform.clock.now()
            let named = try await roles.nameDeputy(
                platform.context, deputy, for: assignment, term: Term(ends: now.advanced(bySeconds: 100)))
            let token = try await platform.signIn("deputy@example.jp")
            #expect(try await platform.actor(session: token)?.holds(write) == true)
            try await roles.endDeputy(platform.context, deputyID: named.id, of: "431001")
            #expect(try await platform.actor(session: token)?.holds(write) == false)

            _ = try await roles.nameDeputy(
                platform.context, deputy, for: assignment, term: Term(ends: now.advanced(bySeconds: 100)))
            #expect(try await platform.actor(session: token)?.holds(write) == true)
            try await roles.end(platform.context, assignmentID: assignment.id, of: "431001")
            #expect(try await platform.actor(session: token)?.holds(write) == false)
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func aRoleInAUnitHoldsForTheUnitsBelowItOnly(kind: TestDatabase.Kind) async throws {
        try await withPlatform(kind, permissions: declared) { platform in
            let units = platform.services.units
            for unit in [
                OrganizationUnit(id: "bu", tenant: "431001", name: "部"),
                OrganizationUnit(id: "ka", tenant: "431001", parentID: "bu", name: "課"),
                OrganizationUnit(id: "other", tenant: "431001", name: "別の部"),
            ] { try await units.add(platform.context, unit) }
            let account = try await platform.account("hanako@example.jp", of: "431001")
            _ = try await platform.services.roles.grant(platform.context, .editor, to: account, unitID: "bu")
            let token = try await platform.signIn("hanako@example.jp")
            let actor = try #require(try await platform.actor(session: token))
            #expect(!actor.holds(write))
            let checker = platform.services.checker
            let context = platform.context(as: actor)
            try await checker.require(write, inUnit: "bu", of: "431001", context)
            try await checker.require(write, inUnit: "ka", of: "431001", context)
            let elsewhere = await refusal {
                try await checker.require(write, inUnit: "other", of: "431001", context)
            }
            #expect(elsewhere?.code == .forbidden)
            let otherTenant = await refusal {
                try await checker.require(write, inUnit: "bu", of: "432024", context)
            }
            #expect(otherTenant?.code == .forbidden)
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func onlyThePrefecturesPeopleWithThePermissionActForOthers(kind: TestDatabase.Kind) async throws {
        try await withPlatform(kind) { platform in
            let checker = platform.services.checker
            let prefecture = Actor(
                id: "officer:p", kind: .officer, tenant: .prefecture, permissions: [.actForTenants])
            let city = Actor(id: "officer:c", kind: .officer, tenant: "431001", permissions: [.actForTenants])
            let context = try checker.context(for: prefecture, tenant: "432024", in: platform.context)
            #expect(context.tenant == "432024")
            #expect(context.actor == prefecture)
            let refused = await refusal {
                try checker.context(for: city, tenant: "432024", in: platform.context)
            }
            #expect(refused?.code == .forbidden)
            #expect(try checker.context(for: city, in: platform.context).tenant == "431001")
            #expect(try checker.context(for: .anonymous, in: platform.context).tenant == .prefecture)
        }
    }
}
