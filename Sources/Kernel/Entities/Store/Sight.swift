import Storage

/// What an actor sees of entities (contracts §7), as of a time: a condition in SQL, and the same for one entity.
struct Sight: Sendable {
    private enum Level: Sendable {
        case everything
        case body(TenantID)
        case publicOnly
    }

    private let level: Level
    /// Entities that have expired by then are not seen.
    private let now: Instant

    init(_ context: OperationContext) { self.init(context.actor, now: context.now) }

    init(_ actor: Actor, now: Instant = Instant(microseconds: 0)) {
        self.now = now
        if actor.isUnrestricted {
            level = .everything
        } else if let tenant = actor.tenant, actor.belongsToABody {
            level = .body(tenant)
        } else {
            level = .publicOnly
        }
    }

    func covers(_ entity: StoredEntity) -> Bool {
        !entity.isExpired(at: now) && covers(owner: entity.owner, entity.visibility)
    }

    /// The entity as it is seen; nil if it is not.
    func seen(_ entity: StoredEntity) -> StoredEntity? { covers(entity) ? entity.seen(at: now) : nil }

    func covers(owner: TenantID, _ visibility: Visibility) -> Bool {
        switch level {
        case .everything: true
        case .body(let tenant): visibility != .tenant || owner == tenant
        case .publicOnly: visibility == .public
        }
    }

    /// Over the columns `visibility`, `owner` and `expires` of a table.
    func entityCondition(alias: String) -> SQLFragment {
        let isThere = SQLFragment("\(alias).expires IS NULL OR \(alias).expires > ?", [.instant(now)])
        return condition(alias: alias).map { .all([isThere, $0]) } ?? isThere
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
