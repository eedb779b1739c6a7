import Storage

/// Tenants, units, accounts, roles, sessions, keys, figures and jobs of one installation, put together.
public struct PlatformServices: Sendable {
    public let directory: Directory
    public let catalogue: PermissionCatalogue
    public let tenants: Tenants
    public let units: Units
    public let checker: PermissionChecker
    public let roles: RoleAssignments
    public let accounts: Accounts
    public let signIns: SignIns
    public let keys: APIKeys
    public let authenticator: Authenticator
    public let usage: UsageLedger
    public let indicators: Indicators
    public let jobs: JobBoard

    /// - Parameters:
    ///   - database: `main`, migrated.
    ///   - permissions, indicators: what the modules declare.
    public init(
        database: any Database, permissions: [PermissionDeclaration] = [], indicators: [Indicator] = [],
        lifetime: SessionLifetime = SessionLifetime(), hasher: PasswordHasher = PasswordHasher()
    ) {
        directory = Directory(database: database)
        catalogue = PermissionCatalogue(permissions)
        tenants = Tenants(directory)
        units = Units(directory: directory)
        checker = PermissionChecker(directory: directory, units: units, catalogue: catalogue)
        roles = RoleAssignments(directory: directory, checker: checker)
        accounts = Accounts(directory: directory, tenants: tenants, checker: checker, hasher: hasher)
        usage = UsageLedger(database: database)
        authenticator = Authenticator(
            directory: directory, catalogue: catalogue, lifetime: lifetime, usage: usage)
        signIns = SignIns(
            directory: directory, hasher: hasher, authenticator: authenticator, lifetime: lifetime)
        self.indicators = Indicators(database: database, indicators)
        jobs = JobBoard(database: database)
        keys = APIKeys(directory: directory, tenants: tenants, checker: checker)
    }

    /// Puts the tenants of `data/` in place and fills the caches. Run at start, after the migrations.
    public func start(_ context: OperationContext, dataFolder: String) async throws(Refusal) {
        try await directory.version.look(context, in: directory.database)
        try await tenants.seed(context, dataFolder: dataFolder)
    }

    /// Sees what other processes changed. Run every second.
    public func look(_ context: OperationContext) async throws(Refusal) {
        try await directory.version.look(context, in: directory.database)
        try await tenants.load(context)
    }

    /// Writes last uses and removes ended sessions and forgotten tries. Run twice a minute and at the stop.
    public func tidy(_ context: OperationContext) async throws(Refusal) {
        try await usage.flush(context)
        try await directory.database.write(context) { transaction throws(Refusal) in
            try transaction.execute(
                "DELETE FROM platform_sessions WHERE expires < ?", [.instant(transaction.context.now)])
            try SignInThrottle.purge(in: transaction)
        }
    }
}

extension PlatformServices {
    /// The kernel's own consumers, to be run with the modules'.
    public static let consumers: [Consumer] = [FigureFold.consumer]
}
