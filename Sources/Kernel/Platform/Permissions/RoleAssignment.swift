import Storage

/// From when until when something holds; open where there is no bound. `[starts, ends)`.
public struct Term: Sendable, Hashable {
    public var starts: Instant?
    public var ends: Instant?

    public init(starts: Instant? = nil, ends: Instant? = nil) {
        self.starts = starts
        self.ends = ends
    }

    public static let unlimited = Term()

    public func contains(_ instant: Instant) -> Bool {
        if let starts, instant < starts { return false }
        if let ends, instant >= ends { return false }
        return true
    }

    /// The next instant after `now` at which `contains` changes its answer.
    func nextChange(after now: Instant) -> Instant? { [starts, ends].compactMap(\.self).filter { $0 > now }.min() }

    init(row: Row) { self.init(starts: row.optionalInstant("starts"), ends: row.optionalInstant("ends")) }

    func check() throws(Refusal) {
        if let starts, let ends, ends <= starts {
            throw Refusal(.invalid, "The term ends before it starts: give an end after the start.")
        }
    }
}

/// A role that an account holds in a tenant, or in one of its units and the units below it.
public struct RoleAssignment: Sendable, Hashable {
    public var id: String
    public var tenant: TenantID
    public var accountID: String
    public var role: Role
    /// `nil`: for the whole tenant.
    public var unitID: String?
    public var term: Term

    init(row: Row) {
        id = row.text("id")
        tenant = TenantID(row.text("tenant"))
        accountID = row.text("account")
        role = Role(rawValue: row.text("role"))
        unitID = row.optionalText("unit")
        term = Term(row: row)
    }

    init(id: String, tenant: TenantID, accountID: String, role: Role, unitID: String?, term: Term) {
        self.id = id
        self.tenant = tenant
        self.accountID = accountID
        self.role = role
        self.unitID = unitID
        self.term = term
    }
}

/// Another account that holds an assignment's role for a while, as long as the assignment itself holds.
public struct Deputy: Sendable, Hashable {
    public var id: String
    public var tenant: TenantID
    public var assignmentID: String
    public var accountID: String
    public var term: Term
}
