import HigoTesting
import Platform
import Storage
import Testing

@Suite struct SessionTests {
    private let lifetime = SessionLifetime(idleSeconds: 600, absoluteSeconds: 3_600)

    @Test(arguments: TestDatabase.kinds)
    func endsAfterIdleTimeButNotWhileUsed(kind: TestDatabase.Kind) async throws {
        try await withPlatform(kind, lifetime: lifetime) { platform in
            _ = try await platform.account("hanako@example.jp")
            let token = try await platform.signIn("hanako@example.jp")
            for _ in 0..<3 {
                platform.clock.advance(bySeconds: 599)
                #expect(try await platform.actor(session: token) != nil)
                try await platform.services.tidy(platform.context)
            }
            platform.clock.advance(bySeconds: 600)
            #expect(try await platform.actor(session: token) == nil)
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func endsAfterItsAbsoluteTimeHoweverUsed(kind: TestDatabase.Kind) async throws {
        try await withPlatform(kind, lifetime: lifetime) { platform in
            _ = try await platform.account("hanako@example.jp")
            let token = try await platform.signIn("hanako@example.jp")
            for _ in 0..<6 {
                platform.clock.advance(bySeconds: 590)
                #expect(try await platform.actor(session: token) != nil)
            }
            platform.clock.advance(bySeconds: 60)
            #expect(try await platform.actor(session: token) == nil)
            platform.clock.advance(bySeconds: 1)
            try await platform.services.tidy(platform.context)
            let left = try await platform.databases.main.query(platform.context) { reader throws(Refusal) in
                try reader.count("SELECT count(*) FROM platform_sessions")
            }
            #expect(left == 0)
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func endsWhenTheAccountIsDisabledOrItsPasswordSet(kind: TestDatabase.Kind) async throws {
        try await withPlatform(kind) { platform in
            let account = try await platform.account("hanako@example.jp")
            let first = try await platform.signIn("hanako@example.jp")
            #expect(try await platform.actor(session: first) != nil)
            try await platform.services.accounts.disable(platform.context, account)
            #expect(try await platform.actor(session: first) == nil)

            try await platform.services.accounts.enable(platform.context, account)
            let second = try await platform.signIn("hanako@example.jp")
            #expect(try await platform.actor(session: second) != nil)
            try await platform.services.accounts.setPassword(
                platform.context, account, "seven umbrellas over trout")
            #expect(try await platform.actor(session: second) == nil)
            _ = try await platform.signIn("hanako@example.jp", password: "seven umbrellas over trout")
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func anUnknownTokenIsNobody(kind: TestDatabase.Kind) async throws {
        try await withPlatform(kind) { platform in
            for token in ["", String(repeating: "a", count: 43), "' OR 1=1 --"] {
                let actor = try await platform.actor(session: token)
                #expect(actor == nil)
            }
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func carriesAFormTokenThatStaysTheSame(kind: TestDatabase.Kind) async throws {
        try await withPlatform(kind) { platform in
            _ = try await platform.account("hanako@example.jp")
            let token = try await platform.signIn("hanako@example.jp")
            let authenticator = platform.services.authenticator
            let first = try await authenticator.person(platform.context, session: token)?.formToken
            platform.clock.advance(bySeconds: 10)
            let second = try await authenticator.person(platform.context, session: token)?.formToken
            #expect(first == second)
            #expect(first?.count == 64)
            let other = try await platform.signIn("hanako@example.jp")
            let third = try await authenticator.person(platform.context, session: other)?.formToken
            #expect(third != first)
        }
    }
}
