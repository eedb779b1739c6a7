import HigoTesting
import Platform
import Storage
import Testing

@Suite struct AccountsTests {
    @Test(arguments: TestDatabase.kinds)
    func refusesANameThatIsTaken(kind: TestDatabase.Kind) async throws {
        try await withPlatform(kind) { platform in
            _ = try await platform.account("hanako@example.jp", of: "431001")
            let taken = await refusal { try await platform.account("HANAKO@example.jp", of: "432024") }
            #expect(taken?.code == .alreadyExists)
            let unknown = await refusal { try await platform.account("taro@example.jp", of: "999999") }
            #expect(unknown?.code == .notFound)
            let spaces = await refusal { try await platform.account("ha na ko") }
            #expect(spaces?.code == .invalid)
            #expect(platform.databases.main.statistics.lateRefusals == 0)
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func showsPeopleOnlyTheirOwnTenantsAccounts(kind: TestDatabase.Kind) async throws {
        try await withPlatform(kind) { platform in
            _ = try await platform.account("hanako@example.jp", of: "431001")
            _ = try await platform.account("taro@example.jp", of: "432024")
            let actor = Actor(id: "officer:x", kind: .officer, tenant: "431001", permissions: [.manageAccounts])
            let context = platform.context(as: actor)
            let accounts = platform.services.accounts
            #expect(try await accounts.list(context).map(\.login) == ["hanako@example.jp"])
            #expect(try await accounts.find(context, login: "hanako@example.jp").tenant == "431001")
            let hidden = await refusal { try await accounts.find(context, login: "taro@example.jp") }
            #expect(hidden?.code == .notFound)
            let foreign = await refusal { try await accounts.list(context, of: "432024") }
            #expect(foreign?.code == .forbidden)
            let anonymous = await refusal { try await accounts.list(platform.context(as: .anonymous)) }
            #expect(anonymous?.code == .unauthenticated)
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func nobodyGivesMoreThanTheyHold(kind: TestDatabase.Kind) async throws {
        try await withPlatform(kind) { platform in
            let actor = Actor(
                id: "officer:x", kind: .officer, tenant: "431001", permissions: [.manageAccounts, .manageRoles])
            let new = NewAccount(
                tenant: "431001", login: "taro@example.jp", displayName: "太郎", password: TestPlatform.password,
                roles: [.administrator])
            let refused = await refusal {
                try await platform.services.accounts.create(platform.context(as: actor), new)
            }
            #expect(refused?.code == .forbidden)
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func peopleSetTheirOwnPasswordAndNobodyElses(kind: TestDatabase.Kind) async throws {
        try await withPlatform(kind) { platform in
            let hanako = try await platform.account("hanako@example.jp", of: "431001")
            let taro = try await platform.account("taro@example.jp", of: "431001")
            let actor = Actor(id: hanako.actorID, kind: .officer, tenant: "431001")
            let accounts = platform.services.accounts
            try await accounts.setPassword(platform.context(as: actor), hanako, "lanterns over seven trout")
            let refused = await refusal {
                try await accounts.setPassword(platform.context(as: actor), taro, "lanterns over seven trout")
            }
            #expect(refused?.code == .forbidden)
        }
    }
}
