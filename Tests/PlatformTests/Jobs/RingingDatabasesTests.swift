import HigoTesting
import Platform
import Storage
import Testing

@Suite struct RingingDatabasesTests {
    @Test(arguments: TestDatabase.kinds)
    func ringsAfterCommitsOfPeopleOnly(kind: TestDatabase.Kind) async throws {
        try await withDatabases(kind) { plain in
            let bell = CommitBell()
            let databases = RingingDatabases(plain, bell)
            let work: @Sendable (any Transaction) throws(Refusal) -> Void = { transaction throws(Refusal) in
                try transaction.audit(AuditEvent("person.read", subject: "x"))
            }
            try await databases.main.write(.test(), work)
            await confirmation(expectedCount: 2) { rung in
                bell.whenRung { rung() }
                try? await databases.main.write(.test(), work)
                try? await databases.datastore.write(.test(), work)
                try? await databases.main.write(.system("consumer"), work)
                try? await databases.main.write(.test()) { _ throws(Refusal) in throw Refusal(.conflict, "no") }
            }
        }
    }
}
