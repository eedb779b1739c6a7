import Storage

/// What an account may do, until the next time that one of its terms begins or ends.
public struct AccountRights: Sendable, Hashable {
    /// For the whole tenant.
    public var permissions: Set<Permission>
    /// Only for a unit and the units below it, by the unit's id.
    public var unitPermissions: [String: Set<Permission>]
    /// From then on the rights must be computed anew; `nil`: no term bounds them.
    public var validUntil: Instant?

    public static let none = AccountRights(permissions: [], unitPermissions: [:], validUntil: nil)
}

extension AccountRights {
    /// The rights at `now` of an account's assignments, and of those for which it is a deputy.
    static func read(
        tenant: TenantID, accountID: String, catalogue: PermissionCatalogue, at now: Instant, _ reader: any Reader
    ) throws(Refusal) -> AccountRights {
        var rights = AccountRights.none
        let key: [SQLValue] = [.text(tenant.rawValue), .text(accountID)]
        let own = try reader.rows("SELECT * FROM platform_role_assignments WHERE tenant = ? AND account = ?", key)
        for row in own { rights.add(RoleAssignment(row: row), during: [], catalogue, at: now) }
        let lent = try reader.rows(
            """
            SELECT a.*, d.starts AS deputy_starts, d.ends AS deputy_ends
            FROM platform_deputies d JOIN platform_role_assignments a ON a.tenant = d.tenant AND a.id = d.assignment
            WHERE d.tenant = ? AND d.account = ?
            """, key)
        for row in lent {
            let term = Term(starts: row.optionalInstant("deputy_starts"), ends: row.optionalInstant("deputy_ends"))
            rights.add(RoleAssignment(row: row), during: [term], catalogue, at: now)
        }
        return rights
    }

    private mutating func add(
        _ assignment: RoleAssignment, during terms: [Term], _ catalogue: PermissionCatalogue, at now: Instant
    ) {
        let terms = terms + [assignment.term]
        let boundaries = terms.compactMap { $0.nextChange(after: now) } + [validUntil].compactMap(\.self)
        validUntil = boundaries.min()
        guard terms.allSatisfy({ $0.contains(now) }) else { return }
        let granted = catalogue.permissions(of: assignment.role)
        if let unit = assignment.unitID {
            unitPermissions[unit, default: []].formUnion(granted)
        } else {
            permissions.formUnion(granted)
        }
    }
}
