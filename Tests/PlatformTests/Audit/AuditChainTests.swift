import HigoTesting
import Platform
import Storage
import Testing

@Suite struct AuditChainTests {
    private let key = AuditKey()

    private func sealer(_ platform: TestPlatform, holder: String = "a") -> AuditSealer {
        AuditSealer(database: platform.databases.main, key: key, holder: holder)
    }

    private func report(_ platform: TestPlatform, keys: [AuditKey]? = nil) async throws -> AuditReport {
        try await AuditVerifier(database: platform.databases.main, keys: keys ?? [key]).verify(platform.context)
    }

    /// Three audit rows and two changes.
    private func write(_ platform: TestPlatform, _ name: String) async throws {
        try await platform.databases.main.write(platform.context) { transaction throws(Refusal) in
            for number in 1...3 {
                try transaction.audit(AuditEvent("person.read", subject: "\(name)-\(number)", detail: [123, 125]))
            }
            for number in 1...2 {
                try transaction.record(Change("test.thing.updated", space: "area", key: "\(name)-\(number)"))
            }
        }
        try await platform.waitForHorizon()
    }

    private func tamper(_ platform: TestPlatform, _ sql: String) async throws {
        try await platform.databases.main.write(platform.context) { transaction throws(Refusal) in
            let changed = try transaction.execute(sql)
            guard changed > 0 else { throw Refusal(.invalid, "nothing was tampered with") }
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func chainsBothLogsAndSignsTheHead(kind: TestDatabase.Kind) async throws {
        try await withPlatform(kind) { platform in
            let empty = try await report(platform)
            #expect(empty.wholeUntil == nil)
            #expect(empty.isWhole)

            try await write(platform, "first")
            let waiting = try await report(platform)
            #expect(waiting.unsealed == 5)
            let sealed = try await sealer(platform).seal(platform.context)
            #expect(sealed == 5)
            platform.clock.advance(bySeconds: 2)
            try await write(platform, "second")
            let second = try await sealer(platform).seal(platform.context)
            #expect(second == 5)
            let whole = try await report(platform)
            #expect(
                whole
                    == AuditReport(
                        wholeUntil: platform.clock.now(), blocks: 2, rows: 10, checkpoints: 1, signedUntilBlock: 1,
                        unsealed: 0, fault: nil))
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func signsOnceAMinuteAndOnlyWhatIsNew(kind: TestDatabase.Kind) async throws {
        try await withPlatform(kind) { platform in
            for second in 0..<130 {
                if second < 70 { try await write(platform, "\(second)") }
                try await sealer(platform).seal(platform.context)
                platform.clock.advance(bySeconds: 1)
            }
            let whole = try await report(platform)
            #expect(whole.blocks == 70)
            #expect(whole.checkpoints == 3)
            #expect(whole.signedUntilBlock == 70)
        }
    }

    @Test(
        arguments: TestDatabase.kinds,
        [
            ("UPDATE audit_log SET subject = 'x' WHERE subject = 'second-2'", "audit_log"),
            ("UPDATE audit_log SET detail = NULL WHERE subject = 'second-2'", "audit_log"),
            ("DELETE FROM audit_log WHERE subject = 'second-2'", "audit_log"),
            ("UPDATE change_log SET actor = 'nobody' WHERE key = 'second-1'", "change_log"),
            ("DELETE FROM change_log WHERE key = 'second-1'", "change_log"),
            ("UPDATE audit_blocks SET time = time + 1 WHERE number = 2", "audit_blocks"),
            ("DELETE FROM audit_blocks WHERE number = 2", "audit_blocks"),
        ])
    func saysWhereTheChainIsBroken(kind: TestDatabase.Kind, tampering: (sql: String, table: String)) async throws {
        try await withPlatform(kind) { platform in
            for name in ["first", "second", "third"] {
                try await write(platform, name)
                try await sealer(platform).seal(platform.context)
                platform.clock.advance(bySeconds: 10)
            }
            try await tamper(platform, tampering.sql)
            let broken = try await report(platform)
            #expect(broken.wholeUntil == platform.clock.now().advanced(bySeconds: -30))
            #expect(broken.blocks == 1)
            #expect(broken.fault?.table == tampering.table)
            if tampering.table != "audit_blocks" {
                #expect(broken.fault?.block == 2)
                #expect(broken.fault?.sequence != nil)
            }
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func findsAChainThatWasRewrittenWithoutTheKey(kind: TestDatabase.Kind) async throws {
        try await withPlatform(kind) { platform in
            try await write(platform, "first")
            try await sealer(platform).seal(platform.context)
            try await tamper(platform, "UPDATE audit_log SET subject = 'x' WHERE subject = 'first-2'")
            try await tamper(platform, "DELETE FROM audit_blocks")
            try await tamper(platform, "DELETE FROM cursors WHERE consumer LIKE 'audit.%'")
            // The checkpoint stays, so block 1 is not signed anew.
            try await sealer(platform).seal(platform.context)
            let rewritten = try await report(platform)
            #expect(rewritten.fault?.table == "audit_checkpoints")

            try await tamper(platform, "DELETE FROM audit_checkpoints")
            let forger = AuditKey()
            try await AuditSealer(database: platform.databases.main, key: forger, holder: "a").seal(platform.context)
            let forged = try await report(platform)
            #expect(forged.fault?.detail.contains("unknown key") == true)
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func findsTheEndOfTheChainCutOff(kind: TestDatabase.Kind) async throws {
        try await withPlatform(kind) { platform in
            for name in ["first", "second"] {
                try await write(platform, name)
                try await sealer(platform).seal(platform.context)
                platform.clock.advance(bySeconds: 60)
            }
            try await tamper(platform, "DELETE FROM audit_blocks WHERE number = 2")
            let cut = try await report(platform)
            #expect(cut.blocks == 1)
            #expect(cut.fault?.table == "audit_checkpoints")
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func oneProcessSealsAtATime(kind: TestDatabase.Kind) async throws {
        try await withPlatform(kind) { platform in
            try await write(platform, "first")
            try await sealer(platform, holder: "a").seal(platform.context)
            try await write(platform, "second")
            let other = try await sealer(platform, holder: "b").seal(platform.context)
            #expect(other == 0)
            platform.clock.advance(bySeconds: 11)
            let later = try await sealer(platform, holder: "b").seal(platform.context)
            #expect(later == 5)
            let whole = try await report(platform)
            #expect(whole.isWhole)
            #expect(whole.rows == 10)
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func verifyingTakesAPermission(kind: TestDatabase.Kind) async throws {
        try await withPlatform(kind) { platform in
            let verifier = AuditVerifier(database: platform.databases.main, keys: [key])
            let anonymous = await refusal { try await verifier.verify(platform.context(as: .anonymous)) }
            #expect(anonymous?.code == .unauthenticated)
        }
    }

    /// As after a restore, where a cursor may stand before rows that were sealed.
    @Test(arguments: TestDatabase.kinds)
    func staysWholeWhenRowsAreSealedAgain(kind: TestDatabase.Kind) async throws {
        try await withPlatform(kind) { platform in
            try await write(platform, "first")
            _ = try await sealer(platform).seal(platform.context)
            try await tamper(platform, "UPDATE cursors SET seq = seq - 2 WHERE consumer = 'audit.audit-log'")
            let before = try await report(platform)
            #expect(before.isWhole)
            let again = try await sealer(platform).seal(platform.context)
            #expect(again == 2)
            let after = try await report(platform)
            #expect(after.isWhole)
            #expect(after.unsealed == 0)
        }
    }
}
