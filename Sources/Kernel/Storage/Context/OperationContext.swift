import Logging

/// A body with rights: the prefecture (`430005`), a municipality by its 6-digit code, or a provider by a slug.
public struct TenantID: Sendable, Hashable, Comparable, Codable, CustomStringConvertible, ExpressibleByStringLiteral {
    public var rawValue: String

    public init(_ rawValue: String) { self.rawValue = rawValue }
    public init(stringLiteral value: String) { rawValue = value }

    /// Kumamoto prefecture.
    public static let prefecture: TenantID = "430005"

    public var description: String { rawValue }
    public static func < (left: TenantID, right: TenantID) -> Bool { left.rawValue < right.rawValue }
}

/// The name of one right, `module.thing.verb`, such as `context.entity.write`.
public struct Permission: Sendable, Hashable, Comparable, Codable, CustomStringConvertible, ExpressibleByStringLiteral {
    public var rawValue: String

    public init(_ rawValue: String) { self.rawValue = rawValue }
    public init(stringLiteral value: String) { rawValue = value }

    public var description: String { rawValue }
    public static func < (left: Permission, right: Permission) -> Bool { left.rawValue < right.rawValue }
}

/// Who acts: nobody known, a person with an account, a machine with a key, or Higo itself.
public struct Actor: Sendable, Hashable {
    public enum Kind: String, Sendable { case anonymous, officer, resident, key, system }

    /// Stable and opaque: `officer:…`, `key:…`, `system:sealer`, `anonymous`.
    public var id: String
    public var kind: Kind
    /// The tenant whose rights the actor holds; `nil` for the anonymous.
    public var tenant: TenantID?
    public var permissions: Set<Permission>
    /// Holds every permission. Only `system` actors and `serve --open` do.
    public var isUnrestricted: Bool

    public init(
        id: String, kind: Kind, tenant: TenantID?, permissions: Set<Permission> = [], isUnrestricted: Bool = false
    ) {
        self.id = id
        self.kind = kind
        self.tenant = tenant
        self.permissions = permissions
        self.isUnrestricted = isUnrestricted
    }

    public static let anonymous = Actor(id: "anonymous", kind: .anonymous, tenant: nil)

    /// Higo's own work for a tenant: `name` says which part of it.
    public static func system(_ name: String, tenant: TenantID = .prefecture) -> Actor {
        Actor(id: "system:\(name)", kind: .system, tenant: tenant, isUnrestricted: true)
    }

    public func holds(_ permission: Permission) -> Bool { isUnrestricted || permissions.contains(permission) }

    /// Whether the actor sees what is visible to `bodies`: officers, machines of a tenant, and Higo itself.
    public var belongsToABody: Bool { tenant != nil && kind != .resident && kind != .anonymous }
}

/// Who acts, for which tenant, why, in which request, at what time. Every call into storage takes one.
public struct OperationContext: Sendable {
    public var actor: Actor
    /// The tenant on whose behalf the work is done: the actor's own, unless it may act for another.
    public var tenant: TenantID
    /// Why, in a few words, for the audit: the route's or job's name.
    public var purpose: String
    public var requestID: String
    public var clock: any WallClock
    public var logger: Logger

    public init(
        actor: Actor, tenant: TenantID, purpose: String, requestID: String, clock: any WallClock, logger: Logger
    ) {
        self.actor = actor
        self.tenant = tenant
        self.purpose = purpose
        self.requestID = requestID
        self.clock = clock
        self.logger = logger
    }

    /// A context for Higo's own work.
    public static func system(
        _ name: String, tenant: TenantID = .prefecture, clock: any WallClock = SystemClock(),
        logger: Logger = Logger(label: "higo")
    ) -> OperationContext {
        OperationContext(
            actor: .system(name, tenant: tenant), tenant: tenant, purpose: name, requestID: "system:\(name)",
            clock: clock, logger: logger)
    }

    public var now: Instant { clock.now() }

    /// Refuses with `forbidden` (or `unauthenticated` for the anonymous) unless the actor holds the permission.
    public func require(_ permission: Permission) throws(Refusal) {
        guard !actor.holds(permission) else { return }
        if actor.kind == .anonymous { throw Refusal(.unauthenticated, "Sign in, or send an API key, to do this.") }
        throw Refusal(.forbidden, "This account does not hold the permission '\(permission)'.")
    }
}
