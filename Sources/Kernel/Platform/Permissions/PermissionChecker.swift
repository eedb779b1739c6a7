import Storage

/// The one place that decides for whom an actor may act.
///
/// A permission held for the whole tenant is in the actor (`OperationContext.require`); one held for a unit is asked
/// for here, where the tree of units is known.
public struct PermissionChecker: Sendable {
    let directory: Directory
    let units: Units
    let catalogue: PermissionCatalogue

    /// A context for the actor's work on behalf of `tenant` (its own if `nil`).
    ///
    /// Only the prefecture's people who hold `platform.tenant.act`, and Higo itself, may act for another tenant.
    public func context(
        for actor: Actor, tenant: TenantID? = nil, in context: OperationContext
    ) throws(Refusal) -> OperationContext {
        var result = context
        result.actor = actor
        result.tenant = tenant ?? actor.tenant ?? .prefecture
        try result.requireTenant(result.tenant)
        return result
    }

    /// Refuses unless the actor holds the permission, for the whole tenant, and may act for `tenant`.
    public func require(
        _ permission: Permission, for tenant: TenantID, _ context: OperationContext
    ) throws(Refusal) {
        try context.require(permission)
        try context.requireTenant(tenant)
    }

    /// Nobody gives a role that holds more than they do themselves.
    func requireHolding(_ role: Role, _ context: OperationContext) throws(Refusal) {
        let missing = catalogue.permissions(of: role).filter { !context.actor.holds($0) }
        guard let first = missing.min() else { return }
        throw Refusal(.forbidden, "You cannot grant '\(role.rawValue)': you do not hold '\(first)' yourself.")
    }

    /// Refuses unless the actor holds the permission for the unit: for it, for a unit above it, or for the tenant.
    public func require(
        _ permission: Permission, inUnit unitID: String, of tenant: TenantID, _ context: OperationContext
    ) async throws(Refusal) {
        if context.actor.holds(permission) { return try context.requireTenant(tenant) }
        guard context.actor.kind == .officer, context.actor.tenant == tenant else {
            return try context.require(permission)
        }
        let tree = try await units.tree(context, of: tenant)
        let rights = try await rights(context, of: context.actor)
        let chain = [unitID] + tree.ancestors(of: unitID).map(\.id)
        if chain.contains(where: { rights.unitPermissions[$0]?.contains(permission) == true }) { return }
        try context.require(permission)
    }

    private func rights(_ context: OperationContext, of actor: Actor) async throws(Refusal) -> AccountRights {
        guard let tenant = actor.tenant, let accountID = Account.id(ofActor: actor.id) else { return .none }
        let (catalogue, now) = (catalogue, context.now)
        return try await directory.database.query(context) { reader throws(Refusal) in
            try AccountRights.read(tenant: tenant, accountID: accountID, catalogue: catalogue, at: now, reader)
        }
    }
}

extension OperationContext {
    /// Refuses with `forbidden` unless the actor may act for the tenant. The anonymous act for nobody, so they pass:
    /// what they do is refused by its permission.
    package func requireTenant(_ tenant: TenantID) throws(Refusal) {
        if actor.isUnrestricted || actor.kind == .anonymous || actor.tenant == tenant { return }
        if actor.tenant == .prefecture, actor.holds(.actForTenants) { return }
        throw Refusal(.forbidden, "This account may not act for the tenant '\(tenant)'.")
    }
}
