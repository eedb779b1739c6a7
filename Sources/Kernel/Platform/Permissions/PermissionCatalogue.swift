import Storage

/// Every permission that the kernel and the modules declare, and which role holds which: the role table.
public struct PermissionCatalogue: Sendable {
    /// In order of name.
    public let declarations: [PermissionDeclaration]
    private let roles: [Role: Set<Permission>]

    /// - Parameter modules: what the modules declare; the kernel's own are added.
    public init(_ modules: [PermissionDeclaration] = []) {
        let unique = Dictionary(
            (PlatformDeclarations.permissions + modules).map { ($0.permission, $0) },
            uniquingKeysWith: { first, _ in first })
        declarations = unique.values.sorted { $0.permission < $1.permission }
        var roles: [Role: Set<Permission>] = [:]
        for declaration in declarations {
            for role in declaration.roles.union([.administrator]) {
                roles[role, default: []].insert(declaration.permission)
            }
        }
        self.roles = roles
    }

    public func permissions(of role: Role) -> Set<Permission> { roles[role] ?? [] }

    /// The role of that name, or a refusal that lists the roles.
    public func role(named name: String) throws(Refusal) -> Role {
        if let role = Role.allCases.first(where: { $0.rawValue == name }) { return role }
        let names = Role.allCases.map(\.rawValue).joined(separator: ", ")
        throw Refusal(.invalid, "There is no role '\(name)'. The roles are \(names).")
    }

    /// The permissions of those names, or a refusal that names each unknown one and the nearest known.
    public func permissions(named names: [String]) throws(Refusal) -> Set<Permission> {
        let known = Set(declarations.map(\.permission.rawValue))
        let faults = names.filter { !known.contains($0) }.map { name in
            let nearest = NearestName.of(name, in: declarations.map(\.permission.rawValue))
            return Refusal.Fault(name, nearest.map { "Unknown. Did you mean '\($0)'?" } ?? "Unknown.")
        }
        guard faults.isEmpty else {
            let list = faults.map { "'\($0.pointer)': \($0.detail)" }.joined(separator: " ")
            throw Refusal(.invalid, "There are unknown permissions. \(list)", faults: faults)
        }
        return Set(names.map { Permission($0) })
    }
}
