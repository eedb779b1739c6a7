import Logging
import Storage

extension OperationContext {
    /// A context for tests: an officer of the prefecture on 2026-04-01T00:00:00Z, silent.
    public static func test(
        actor: Actor = Actor(id: "officer:test", kind: .officer, tenant: .prefecture, isUnrestricted: true),
        tenant: TenantID = .prefecture, purpose: String = "test", requestID: String = "test-request",
        clock: any WallClock = TestClock(Instant(seconds: 1_775_001_600))
    ) -> OperationContext {
        OperationContext(
            actor: actor, tenant: tenant, purpose: purpose, requestID: requestID, clock: clock,
            logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }))
    }
}
