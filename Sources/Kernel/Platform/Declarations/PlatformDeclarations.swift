import Storage

extension Permission {
    public static let manageTenants: Permission = "platform.tenant.manage"
    /// Lets the prefecture's people act on behalf of any other tenant.
    public static let actForTenants: Permission = "platform.tenant.act"
    public static let manageUnits: Permission = "platform.unit.manage"
    public static let manageAccounts: Permission = "platform.account.manage"
    public static let manageRoles: Permission = "platform.role.manage"
    public static let manageKeys: Permission = "platform.key.manage"
    public static let readAudit: Permission = "platform.audit.read"
    public static let manageJobs: Permission = "platform.job.manage"
}

extension EventType {
    static let tenantCreated: EventType = "platform.tenant.created"
    static let unitCreated: EventType = "platform.unit.created"
    static let unitUpdated: EventType = "platform.unit.updated"
}

extension AuditAction {
    static let signedIn: AuditAction = "account.signed-in"
    static let signInRefused: AuditAction = "account.sign-in-refused"
    static let signedOut: AuditAction = "account.signed-out"
    static let accountCreated: AuditAction = "account.created"
    static let accountDisabled: AuditAction = "account.disabled"
    static let accountEnabled: AuditAction = "account.enabled"
    static let passwordChanged: AuditAction = "account.password-changed"
    static let roleGranted: AuditAction = "role.granted"
    static let roleEnded: AuditAction = "role.ended"
    static let deputyNamed: AuditAction = "role.deputy-named"
    static let deputyEnded: AuditAction = "role.deputy-ended"
    static let keyCreated: AuditAction = "key.created"
    static let keyRevoked: AuditAction = "key.revoked"
}

/// What the kernel's own services declare, in the form in which modules declare theirs.
public enum PlatformDeclarations {
    public static let permissions: [PermissionDeclaration] = [
        PermissionDeclaration(.manageTenants, "Add providers as tenants."),
        PermissionDeclaration(.actForTenants, "Act on behalf of another tenant (people of the prefecture only)."),
        PermissionDeclaration(.manageUnits, "Add, rename and close units (部・課)."),
        PermissionDeclaration(.manageAccounts, "Create, disable and enable accounts, and set passwords."),
        PermissionDeclaration(.manageRoles, "Grant and end roles, and name deputies."),
        PermissionDeclaration(.manageKeys, "Create and revoke API keys."),
        PermissionDeclaration(.readAudit, "Read and verify the audit chain.", heldBy: [.administrator, .auditor]),
        PermissionDeclaration(.manageJobs, "See parked jobs and run them again."),
    ]

    public static let events: [EventType] = [
        .tenantCreated, .unitCreated, .unitUpdated, .factRecorded, .factRetracted,
    ]

    public static let auditActions: [AuditAction] = [
        .signedIn, .signInRefused, .signedOut, .accountCreated, .accountDisabled, .accountEnabled, .passwordChanged,
        .roleGranted, .roleEnded, .deputyNamed, .deputyEnded, .keyCreated, .keyRevoked,
    ]
}
