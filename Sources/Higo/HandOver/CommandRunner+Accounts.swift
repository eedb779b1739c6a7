import Foundation
import Platform
import Storage

extension CommandRunner {
    func administerUsers(_ command: Command, _ emit: @Sendable (CommandEvent) async -> Void) async throws {
        let platform = parts.platform
        switch command {
        case .createUser(let login, let name, let tenant, let role, let unit, let password):
            let role = try platform.catalogue.role(named: role)
            let account = try await platform.accounts.create(
                context,
                NewAccount(
                    tenant: TenantID(tenant), login: login, displayName: name, password: password,
                    roles: unit == nil ? [role] : []))
            if let unit { _ = try await platform.roles.grant(context, role, to: account, unitID: unit) }
            await emit(.line("Created \(account.login) of \(account.tenant), \(role.rawValue)."))
        case .disableUser(let login):
            try await platform.accounts.disable(context, platform.accounts.find(context, login: login))
            await emit(.line("Disabled \(login); its sessions have ended."))
        case .enableUser(let login):
            try await platform.accounts.enable(context, platform.accounts.find(context, login: login))
            await emit(.line("Enabled \(login)."))
        case .setPassword(let login, let password):
            let account = try await platform.accounts.find(context, login: login)
            try await platform.accounts.setPassword(context, account, password)
            await emit(.line("The password of \(login) is set; its sessions have ended."))
        case .listUsers(let tenant):
            for account in try await platform.accounts.list(context, of: tenant.map { TenantID($0) }) {
                await emit(
                    .line("\(account.login)\t\(account.tenant)\t\(account.state.rawValue)\t\(account.displayName)"))
            }
        default: break
        }
    }

    func administerKeys(_ command: Command, _ emit: @Sendable (CommandEvent) async -> Void) async throws {
        switch command {
        case .createKey(let tenant, let name, let permissions, let days):
            let expires = days.map { context.now.advanced(bySeconds: Double($0) * 86_400) }
            let (key, text) = try await parts.platform.keys.create(
                context, tenant: TenantID(tenant), name: name, permissions: permissions, expires: expires)
            await emit(.line("Created key \(key.id) of \(key.tenant). It is shown only now:"))
            await emit(.line(text))
        case .revokeKey(let id):
            guard let key = try await keys(of: nil).first(where: { $0.id == id }) else {
                throw Refusal(.notFound, "There is no key '\(id)'. See 'higo admin key list'.")
            }
            try await parts.platform.keys.revoke(context, id: id, of: key.tenant)
            await emit(.line("Revoked \(id)."))
        case .listKeys(let tenant):
            for key in try await keys(of: tenant) {
                let state = key.isUsable(at: context.now) ? "usable" : "ended"
                let permissions = key.permissions.sorted().map(\.rawValue).joined(separator: " ")
                await emit(.line("\(key.id)\t\(key.tenant)\t\(state)\t\(key.name)\t\(permissions)"))
            }
        default: break
        }
    }

    private func keys(of tenant: String?) async throws -> [APIKey] {
        if let tenant { return try await parts.platform.keys.list(context, of: TenantID(tenant)) }
        var all: [APIKey] = []
        for tenant in parts.platform.tenants.current.tenants {
            all += try await parts.platform.keys.list(context, of: tenant.id)
        }
        return all
    }
}
