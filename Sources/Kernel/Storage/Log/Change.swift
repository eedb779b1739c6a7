/// The name of an event, `module.thing.verb-ed`, such as `context.entity.updated`. Outside: CloudEvents `higo.….v1`.
public struct EventType: Sendable, Hashable, CustomStringConvertible, ExpressibleByStringLiteral {
    public var rawValue: String

    public init(_ rawValue: String) { self.rawValue = rawValue }
    public init(stringLiteral value: String) { rawValue = value }

    public var description: String { rawValue }
}

/// One changed thing: at once outbox event, source of history, and audit record of a write.
public struct Change: Sendable, Hashable {
    public var type: EventType
    /// The space of an entity, else the tenant.
    public var space: String
    /// What changed; rows of one key are delivered in order.
    public var key: String
    /// What it was and what it became, as JSON bytes; `nil` where there was or is nothing.
    public var before: [UInt8]?
    public var after: [UInt8]?

    public init(_ type: EventType, space: String, key: String, before: [UInt8]? = nil, after: [UInt8]? = nil) {
        self.type = type
        self.space = space
        self.key = key
        self.before = before
        self.after = after
    }
}

/// A row of the change log as a consumer reads it.
public struct ChangeRecord: Sendable, Hashable {
    public var sequence: Int64
    /// The transaction that made it where sequences commit out of order, else 0.
    public var transaction: Int64
    public var time: Instant
    public var tenant: TenantID
    public var actor: String
    public var requestID: String
    public var change: Change

    public init(
        sequence: Int64, transaction: Int64 = 0, time: Instant, tenant: TenantID, actor: String, requestID: String,
        change: Change
    ) {
        self.sequence = sequence
        self.transaction = transaction
        self.time = time
        self.tenant = tenant
        self.actor = actor
        self.requestID = requestID
        self.change = change
    }
}

/// The name of an act that the audit keeps, such as `account.signed-in`.
public struct AuditAction: Sendable, Hashable, CustomStringConvertible, ExpressibleByStringLiteral {
    public var rawValue: String

    public init(_ rawValue: String) { self.rawValue = rawValue }
    public init(stringLiteral value: String) { rawValue = value }

    public var description: String { rawValue }
}

/// An act with an audit row of its own: a read of personal data, a sign-in, a change of rights or settings.
public struct AuditEvent: Sendable, Hashable {
    public var action: AuditAction
    /// What or whom it concerns, opaque.
    public var subject: String
    /// Further facts as JSON bytes, without secrets and without personal data.
    public var detail: [UInt8]?

    public init(_ action: AuditAction, subject: String, detail: [UInt8]? = nil) {
        self.action = action
        self.subject = subject
        self.detail = detail
    }
}

/// Work to be done after the commit, at least once.
public struct JobRequest: Sendable, Hashable {
    /// The job type's name, `module.verb`.
    public var type: String
    /// Requests of one type with equal keys wait as one.
    public var key: String
    public var payload: [UInt8]
    /// `nil`: at once.
    public var due: Instant?

    public init(type: String, key: String, payload: [UInt8] = [], due: Instant? = nil) {
        self.type = type
        self.key = key
        self.payload = payload
        self.due = due
    }
}
