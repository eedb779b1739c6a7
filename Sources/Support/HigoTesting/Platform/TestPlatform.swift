import Platform
import Storage

/// Platform services on fresh databases, with a clock that the test moves.
public struct TestPlatform: Sendable {
    public let databases: any Databases
    public let services: PlatformServices
    public let clock: TestClock

    /// Higo's own work, with every permission.
    public var context: OperationContext { .test(clock: clock) }

    /// A context in which an actor acts for its own tenant.
    public func context(as actor: Actor, tenant: TenantID? = nil) -> OperationContext {
        .test(actor: actor, tenant: tenant ?? actor.tenant ?? .prefecture, clock: clock)
    }

    /// An account that can sign in with `TestPlatform.password`.
    public func account(
        _ login: String, of tenant: TenantID = .prefecture, roles: [Role] = []
    ) async throws -> Account {
        try await services.accounts.create(
            context,
            NewAccount(tenant: tenant, login: login, displayName: login, password: Self.password, roles: roles))
    }

    /// Signs in from a documentation address and gives the token.
    public func signIn(_ login: String, password: String = Self.password, from address: String = "192.0.2.1")
        async throws -> String
    {
        let context = context(as: .anonymous)
        return try await services.signIns.signIn(context, login: login, password: password, address: address).token
    }

    /// The actor that a session's cookie stands for; `nil`: nobody.
    public func actor(session token: String) async throws -> Actor? {
        try await services.authenticator.person(context(as: .anonymous), session: token)?.actor
    }

    public static let password = "umbrella trout seven lanterns"
}

/// Runs `body` with platform services over fresh databases of one kind, with three tenants.
public func withPlatform<T>(
    _ kind: TestDatabase.Kind = .standard, permissions: [PermissionDeclaration] = [],
    lifetime: SessionLifetime = SessionLifetime(), _ body: (TestPlatform) async throws -> T
) async throws -> T {
    try await withDatabases(kind, [PlatformSchema.migrations]) { databases in
        let services = PlatformServices(
            database: databases.main, permissions: permissions, lifetime: lifetime, hasher: PasswordHasher(.cheap))
        let platform = TestPlatform(
            databases: databases, services: services, clock: TestClock(Instant(seconds: 1_775_001_600)))
        try await services.tenants.seed(platform.context, TestPlatform.tenants)
        return try await body(platform)
    }
}

extension TestPlatform {
    package static let tenants = [
        Tenant(id: .prefecture, kind: .prefecture, name: "熊本県"),
        Tenant(id: "431001", kind: .municipality, name: "熊本市", municipalityType: "市"),
        Tenant(id: "432024", kind: .municipality, name: "八代市", municipalityType: "市"),
    ]
}

/// The refusal that `body` throws, or `nil` if it throws none.
public func refusal<T>(_ body: () async throws -> T) async -> Refusal? {
    do {
        _ = try await body()
        return nil
    } catch {
        return error as? Refusal
    }
}
