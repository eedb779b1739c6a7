import HigoTesting
import Platform
import Storage
import Testing

@Suite struct APIKeyTests {
    private let declared = [
        PermissionDeclaration("context.entity.write", "Write entities."),
        PermissionDeclaration("connect.file.import", "Import files."),
    ]

    private func actor(_ platform: TestPlatform, _ text: String) async throws -> Actor {
        try await platform.services.authenticator.actor(platform.context(as: .anonymous), bearer: text)
    }

    @Test(arguments: TestDatabase.kinds)
    func aKeyActsForItsTenantWithItsPermissions(kind: TestDatabase.Kind) async throws {
        try await withPlatform(kind, permissions: declared) { platform in
            let (key, text) = try await platform.services.keys.create(
                platform.context, tenant: "431001", name: "sensors", permissions: ["context.entity.write"])
            #expect(text.hasPrefix("higo_"))
            let actor = try await actor(platform, text)
            #expect(
                actor
                    == Actor(
                        id: "key:\(key.id)", kind: .key, tenant: "431001", permissions: ["context.entity.write"]))
            let wrongTenant = await refusal {
                try platform.services.checker.context(for: actor, tenant: "432024", in: platform.context)
            }
            #expect(wrongTenant?.code == .forbidden)
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func refusesExpiredRevokedUnknownAndMistypedKeys(kind: TestDatabase.Kind) async throws {
        try await withPlatform(kind, permissions: declared) { platform in
            let keys = platform.services.keys
            let expires = platform.clock.now().advanced(bySeconds: 60)
            let (_, short) = try await keys.create(
                platform.context, tenant: "431001", name: "short", permissions: ["connect.file.import"],
                expires: expires)
            let (revoked, text) = try await keys.create(
                platform.context, tenant: "431001", name: "revoked", permissions: ["connect.file.import"])
            _ = try await actor(platform, short)
            _ = try await actor(platform, text)
            platform.clock.advance(bySeconds: 60)
            try await keys.revoke(platform.context, id: revoked.id, of: "431001")
            let mistyped = String(text.dropLast()) + (text.hasSuffix("A") ? "B" : "A")
            for wrong in [short, text, mistyped, APIKey.Text.make(), "", "higo_", "Bearer x"] {
                let refused = await refusal { try await actor(platform, wrong) }
                #expect(refused?.code == .unauthenticated)
            }
            let listed = try await keys.list(platform.context, of: "431001")
            #expect(Set(listed.map(\.name)) == ["short", "revoked"])
            #expect(listed.allSatisfy { !$0.isUsable(at: platform.clock.now()) })
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func recognisesAKeyFromMemoryTheSecondTime(kind: TestDatabase.Kind) async throws {
        try await withPlatform(kind, permissions: declared) { platform in
            let (_, text) = try await platform.services.keys.create(
                platform.context, tenant: "431001", name: "k", permissions: ["connect.file.import"])
            _ = try await actor(platform, text)
            // A row changed behind the directory's back shows that the second answer did not read it.
            try await platform.databases.main.write(platform.context) { transaction throws(Refusal) in
                try transaction.execute("DELETE FROM platform_api_keys")
            }
            let again = try await actor(platform, text)
            #expect(again.tenant == "431001")
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func writesLastUsesInABatch(kind: TestDatabase.Kind) async throws {
        try await withPlatform(kind, permissions: declared) { platform in
            let keys = platform.services.keys
            let (_, text) = try await keys.create(
                platform.context, tenant: "431001", name: "k", permissions: ["connect.file.import"])
            platform.clock.advance(bySeconds: 5)
            _ = try await actor(platform, text)
            #expect(try await keys.list(platform.context, of: "431001").first?.lastUsed == nil)
            try await platform.services.tidy(platform.context)
            #expect(try await keys.list(platform.context, of: "431001").first?.lastUsed == platform.clock.now())
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func refusesPermissionsThatAreUnknownOrNotHeld(kind: TestDatabase.Kind) async throws {
        try await withPlatform(kind, permissions: declared) { platform in
            let keys = platform.services.keys
            let unknown = await refusal {
                try await keys.create(
                    platform.context, tenant: "431001", name: "k", permissions: ["context.entity.wirte"])
            }
            #expect(unknown?.code == .invalid)
            #expect(unknown?.detail.contains("Did you mean 'context.entity.write'?") == true)
            let actor = Actor(id: "officer:x", kind: .officer, tenant: "431001", permissions: [.manageKeys])
            let notHeld = await refusal {
                try await keys.create(
                    platform.context(as: actor), tenant: "431001", name: "k", permissions: ["context.entity.write"])
            }
            #expect(notHeld?.code == .forbidden)
            let foreign = await refusal {
                try await keys.create(platform.context(as: actor), tenant: "432024", name: "k", permissions: [])
            }
            #expect(foreign?.code == .forbidden)
        }
    }
}
