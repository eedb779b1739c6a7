import Storage

/// What an actor sees of entities (contracts §7): a condition in SQL, and the same for one entity.
struct Sight: Sendable {
    private enum Level: Sendable {
        case everything
        case body(TenantID)
        case publicOnly
    }

    private let level: Level

    init(_ actor: Actor) {
        if actor.isUnrestricted {
            level = .everything
        } else if let tenant = actor.tenant, actor.belongsToABody {
            level = .body(tenant)
        } else {
            level = .publicOnly
        }
    }

    func covers(_ entity: StoredEntity) -> Bool { covers(owner: entity.owner, entity.visibility) }

    func covers(owner: TenantID, _ visibility: Visibility) -> Bool {
        switch level {
        case .everything: true
        case .body(let tenant): visibility != .tenant || owner == tenant
        case .publicOnly: visibility == .public
        }
    }

    /// Over columns `visibility` and `owner`, of the table `alias` if one is named.
    func condition(alias: String? = nil) -> SQLFragment? {
        let prefix = alias.map { $0 + "." } ?? ""
        return switch level {
        case .everything: nil
        case .body(let tenant):
            SQLFragment(
                "\(prefix)visibility IN ('public', 'bodies') OR \(prefix)owner = ?", [.text(tenant.rawValue)])
        case .publicOnly: SQLFragment("\(prefix)visibility = 'public'")
        }
    }
}
