import Storage

extension CommandRunner {
    func backUp(to path: String, _ emit: @Sendable (CommandEvent) async -> Void) async throws {
        throw Refusal(.notImplemented, "Backup")
    }

    func verifyAudit(_ emit: @Sendable (CommandEvent) async -> Void) async throws -> Int32 {
        throw Refusal(.notImplemented, "Audit")
    }
}
