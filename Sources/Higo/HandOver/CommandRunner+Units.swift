import Entities
import Platform
import Storage

extension CommandRunner {
    func administerUnits(_ command: Command, _ emit: @Sendable (CommandEvent) async -> Void) async throws {
        let units = parts.platform.units
        switch command {
        case .createUnit(let tenant, let id, let name, let kana, let parent):
            let tenant = try parts.platform.tenants.current.require(TenantID(tenant)).id
            try await units.add(
                context, OrganizationUnit(id: id, tenant: tenant, parentID: parent, name: name, kana: kana))
            await emit(.line("Created unit \(id) of \(tenant)."))
        case .closeUnit(let tenant, let id):
            guard var unit = try await units.tree(context, of: TenantID(tenant))[id] else {
                throw Refusal(.notFound, "The tenant '\(tenant)' has no unit '\(id)'. See 'higo admin unit list'.")
            }
            unit.term.ends = context.now
            try await units.update(context, unit)
            await emit(.line("Closed unit \(id)."))
        case .listUnits(let tenant):
            let tree = try await units.tree(
                context, of: parts.platform.tenants.current.require(TenantID(tenant)).id)
            for unit in tree.roots { await list(unit, of: tree, depth: 0, emit) }
        default: break
        }
    }

    /// A unit and those below it, indented by their depth.
    private func list(
        _ unit: OrganizationUnit, of tree: UnitTree, depth: Int, _ emit: @Sendable (CommandEvent) async -> Void
    ) async {
        let closed = unit.term.contains(context.now) ? "" : "\tclosed"
        await emit(.line("\(String(repeating: "  ", count: depth))\(unit.id)\t\(unit.name)\(closed)"))
        for child in tree.children(of: unit.id) { await list(child, of: tree, depth: depth + 1, emit) }
    }

    func administerRoles(_ command: Command, _ emit: @Sendable (CommandEvent) async -> Void) async throws {
        let (roles, accounts) = (parts.platform.roles, parts.platform.accounts)
        switch command {
        case .grantRole(let login, let role, let unit, let from, let until):
            let assignment = try await roles.grant(
                context, parts.platform.catalogue.role(named: role), to: accounts.find(context, login: login),
                unitID: unit, term: Self.term(from, until))
            await emit(.line("\(login) is \(role); the assignment's id:"))
            await emit(.line(assignment.id))
        case .endRole(let login, let id):
            let account = try await accounts.find(context, login: login)
            try await roles.end(context, assignmentID: id, of: account.tenant)
            await emit(.line("Ended \(id)."))
        case .listRoles(let login):
            for assignment in try await roles.list(context, of: accounts.find(context, login: login)) {
                await emit(.line(Self.line(assignment)))
            }
        case .nameDeputy(let id, let holder, let deputy, let from, let until):
            let holder = try await accounts.find(context, login: holder)
            guard let assignment = try await roles.list(context, of: holder).first(where: { $0.id == id }) else {
                throw Refusal(.notFound, "\(holder.login) has no role '\(id)'. See 'higo admin role list'.")
            }
            let named = try await roles.nameDeputy(
                context, accounts.find(context, login: deputy), for: assignment, term: Self.term(from, until))
            await emit(.line("\(deputy) stands in for \(holder.login); the deputy's id:"))
            await emit(.line(named.id))
        case .endDeputy(let tenant, let id):
            try await roles.endDeputy(context, deputyID: id, of: TenantID(tenant))
            await emit(.line("Ended \(id)."))
        default: break
        }
    }

    private static func line(_ assignment: RoleAssignment) -> String {
        let unit = assignment.unitID ?? "the whole tenant"
        let starts = assignment.term.starts.map { DateTime.text($0) } ?? ""
        let ends = assignment.term.ends.map { DateTime.text($0) } ?? ""
        return "\(assignment.id)\t\(assignment.role.rawValue)\t\(unit)\t\(starts)..\(ends)"
    }

    private static func term(_ from: String?, _ until: String?) throws(Refusal) -> Term {
        Term(starts: try from.map(instant), ends: try until.map(instant))
    }

    private static func instant(_ text: String) throws(Refusal) -> Instant {
        guard let instant = DateTime.instant(text) else {
            throw Refusal(.invalid, "'\(text)' is no time: write it as 2027-04-01T00:00:00+09:00.")
        }
        return instant
    }
}
