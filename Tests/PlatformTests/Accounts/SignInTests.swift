import HigoTesting
import Platform
import Storage
import Testing

@Suite struct SignInTests {
    @Test(arguments: TestDatabase.kinds)
    func aSessionActsWithTheAccountsRoles(kind: TestDatabase.Kind) async throws {
        try await withPlatform(kind, permissions: [PermissionDeclaration("context.entity.write", "Write entities.")]) {
            platform in
            let account = try await platform.account("hanako@example.jp", of: "431001", roles: [.editor])
            let token = try await platform.signIn(" Hanako@Example.jp ")
            let actor = try await platform.actor(session: token)
            #expect(
                actor
                    == Actor(
                        id: account.actorID, kind: .officer, tenant: "431001", permissions: ["context.entity.write"]))
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func refusesWrongNamesPasswordsAndDisabledAccountsAlike(kind: TestDatabase.Kind) async throws {
        try await withPlatform(kind) { platform in
            let account = try await platform.account("hanako@example.jp")
            _ = try await platform.account("taro@example.jp")
            try await platform.services.accounts.disable(platform.context, account)
            let answers = [
                await refusal { try await platform.signIn("taro@example.jp", password: "wrong password 1") },
                await refusal { try await platform.signIn("nobody@example.jp") },
                await refusal { try await platform.signIn("hanako@example.jp") },
                await refusal { try await platform.signIn("") },
            ]
            #expect(Set(answers).count == 1)
            #expect(answers[0]?.code == .unauthenticated)
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func slowsDownGuessesAndForgetsThemAfterARightOne(kind: TestDatabase.Kind) async throws {
        try await withPlatform(kind) { platform in
            _ = try await platform.account("hanako@example.jp")
            for _ in 0..<5 {
                let wrong = await refusal { try await platform.signIn("hanako@example.jp", password: "wrong") }
                #expect(wrong?.code == .unauthenticated)
            }
            let throttled = await refusal { try await platform.signIn("hanako@example.jp") }
            #expect(throttled?.code == .tooManyRequests)
            #expect(throttled?.detail.contains("30 seconds") == true)
            _ = try await platform.signIn("hanako@example.jp", from: "192.0.2.99")

            platform.clock.advance(bySeconds: 31)
            _ = try await platform.signIn("hanako@example.jp")
            let wrong = await refusal { try await platform.signIn("hanako@example.jp", password: "wrong") }
            #expect(wrong?.code == .unauthenticated)
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func slowsDownOneAddressThatTriesManyNames(kind: TestDatabase.Kind) async throws {
        try await withPlatform(kind) { platform in
            for number in 0..<25 {
                let wrong = await refusal { try await platform.signIn("name\(number)@example.jp") }
                #expect(wrong?.code == .unauthenticated)
            }
            let throttled = await refusal { try await platform.signIn("another@example.jp") }
            #expect(throttled?.code == .tooManyRequests)
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func aNewSignInReplacesTheOldToken(kind: TestDatabase.Kind) async throws {
        try await withPlatform(kind) { platform in
            _ = try await platform.account("hanako@example.jp")
            let old = try await platform.signIn("hanako@example.jp")
            #expect(try await platform.actor(session: old) != nil)
            let new = try await platform.services.signIns.signIn(
                platform.context(as: .anonymous), login: "hanako@example.jp", password: TestPlatform.password,
                address: "192.0.2.1", replacing: old)
            #expect(new.token != old)
            #expect(try await platform.actor(session: old) == nil)
            #expect(try await platform.actor(session: new.token) != nil)
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func keepsDigestsOnly(kind: TestDatabase.Kind) async throws {
        try await withPlatform(kind) { platform in
            _ = try await platform.account("hanako@example.jp")
            let token = try await platform.signIn("hanako@example.jp")
            let stored = try await platform.databases.main.query(platform.context) { reader throws(Refusal) in
                let rows = try reader.rows(
                    "SELECT s.token_digest, a.password_hash FROM platform_sessions s, platform_accounts a")
                return rows.map { "\($0.text("token_digest")) \($0.text("password_hash"))" }
            }
            #expect(stored.count == 1)
            #expect(stored.first?.contains(token) == false)
            #expect(stored.first?.contains("$argon2id$") == true)
            #expect(stored.first?.contains("umbrella") == false)
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func writesAnAuditRowForEachSignIn(kind: TestDatabase.Kind) async throws {
        try await withPlatform(kind) { platform in
            let account = try await platform.account("hanako@example.jp", of: "431001")
            _ = await refusal { try await platform.signIn("hanako@example.jp", password: "wrong") }
            let token = try await platform.signIn("hanako@example.jp")
            try await platform.services.signIns.signOut(platform.context(as: .anonymous), token: token)
            let rows = try await platform.databases.main.query(platform.context) { reader throws(Refusal) in
                try reader.rows("SELECT action, tenant, subject FROM audit_log ORDER BY seq").map {
                    "\($0.text("action")) \($0.text("tenant")) \($0.text("subject"))"
                }
            }
            let id = account.id
            #expect(
                rows == [
                    "account.created 430005 \(id)", "account.sign-in-refused 431001 \(id)",
                    "account.signed-in 431001 \(id)", "account.signed-out 430005 \(id)",
                ])
        }
    }
}
