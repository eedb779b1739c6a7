import Storage

/// The units (部・課) of each tenant, kept as a tree.
public struct Units: Sendable {
    let directory: Directory
    private let trees = VersionedCache<UnitTree>(capacity: 256)

    init(directory: Directory) { self.directory = directory }

    /// The tree of a tenant; read from the database only after the directory changed.
    public func tree(_ context: OperationContext, of tenant: TenantID) async throws(Refusal) -> UnitTree {
        let version = directory.version.current
        if let tree = trees.value(tenant.rawValue, version: version, at: context.now) { return tree }
        let rows = try await directory.rows(
            context, "SELECT * FROM platform_units WHERE tenant = ?", [.text(tenant.rawValue)])
        let tree = UnitTree(rows.map(OrganizationUnit.init(row:)))
        trees.keep(tree, for: tenant.rawValue, version: version, until: context.now.advanced(bySeconds: 3_600))
        return tree
    }

    /// Adds a unit under its parent, or at the top.
    public func add(_ context: OperationContext, _ unit: OrganizationUnit) async throws(Refusal) {
        try context.require(.manageUnits)
        try context.requireTenant(unit.tenant)
        try check(unit)
        try await directory.change(context) { transaction throws(Refusal) in
            guard try transaction.get(OrganizationUnit.key(unit.id, of: unit.tenant)) == nil else {
                throw Refusal(.alreadyExists, "The tenant '\(unit.tenant)' already has a unit '\(unit.id)'.")
            }
            if let parent = unit.parentID { try OrganizationUnit.require(parent, of: unit.tenant, in: transaction) }
            try unit.insert(in: transaction)
        }
    }

    /// Changes name, parent or term of a unit whose version is `unit.version`.
    public func update(_ context: OperationContext, _ unit: OrganizationUnit) async throws(Refusal) {
        try context.require(.manageUnits)
        try context.requireTenant(unit.tenant)
        try check(unit)
        try await directory.change(context) { transaction throws(Refusal) in
            let present = try OrganizationUnit.require(unit.id, of: unit.tenant, in: transaction)
            guard present.version == unit.version else {
                throw Refusal(.preconditionFailed, "The unit was changed meanwhile. Read it again, then change it.")
            }
            try unit.requireTree(in: transaction)
            try unit.update(from: present, in: transaction)
        }
    }

    private func check(_ unit: OrganizationUnit) throws(Refusal) {
        try unit.term.check()
        let bytes = Array(unit.id.utf8)
        let isPlain = bytes.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 45 }
        guard (1...40).contains(bytes.count), isPlain, !unit.name.isEmpty, unit.name.count <= 100 else {
            throw Refusal(
                .invalid, "A unit needs an id of 1 to 40 of a-z, 0-9 and '-', and a name of 1 to 100 letters.")
        }
    }
}
