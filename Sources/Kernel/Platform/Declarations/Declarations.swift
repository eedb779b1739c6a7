import JSON
import Storage

/// A permission as a module declares it.
public struct PermissionDeclaration: Sendable {
    public var permission: Permission
    /// What it lets its holder do, in English.
    public var summary: String
    /// The roles that hold it; administrators always do.
    public var roles: Set<Role>

    /// - Parameter roles: if not given, by the permission's last word (see `Role`): reading for viewers and up,
    ///   writing for editors and up, publishing for publishers, anything else for administrators.
    public init(_ permission: Permission, _ summary: String, heldBy roles: Set<Role>? = nil) {
        self.permission = permission
        self.summary = summary
        self.roles = roles ?? Role.holders(of: permission)
    }
}

/// A kind of work that runs after commits, at least once and so idempotent.
public struct JobType: Sendable {
    /// `module.verb`, the `type` of its `JobRequest`s.
    public var name: String
    public var summary: String
    /// Tries before the job is parked for people to look at.
    public var maximumTries: Int
    /// Seconds between runs of a reconciler without input; `nil` for jobs that are asked for.
    public var everySeconds: Double?
    /// After so long without an end the job is taken to have died with its process, and another takes it.
    public var claimSeconds: Double
    public var run: @Sendable (OperationContext, JobRequest) async throws -> Void

    public init(
        _ name: String, _ summary: String, maximumTries: Int = 8, everySeconds: Double? = nil,
        claimSeconds: Double = 60,
        run: @escaping @Sendable (OperationContext, JobRequest) async throws -> Void
    ) {
        self.name = name
        self.summary = summary
        self.maximumTries = maximumTries
        self.everySeconds = everySeconds
        self.claimSeconds = claimSeconds
        self.run = run
    }
}

/// Reads the change log in order and folds something from it; idempotent by sequence.
public struct Consumer: Sendable {
    /// `module.thing`; the name of its cursor.
    public var name: String
    public var database: DatabaseID
    /// Only changes whose type starts with one of these are handed over; empty: all.
    public var typePrefixes: [String]
    /// Applies a batch in the transaction that moves the cursor.
    public var apply: @Sendable ([ChangeRecord], any Transaction) throws(Refusal) -> Void

    public init(
        _ name: String, database: DatabaseID = .main, typePrefixes: [String] = [],
        apply: @escaping @Sendable ([ChangeRecord], any Transaction) throws(Refusal) -> Void
    ) {
        self.name = name
        self.database = database
        self.typePrefixes = typePrefixes
        self.apply = apply
    }
}

/// A named figure that a module publishes, with its unit; facts make its value.
public struct Indicator: Sendable, Hashable {
    public enum Kind: String, Sendable { case count, sum, latest, ratio }

    /// `module.name`.
    public var id: String
    public var kind: Kind
    /// In `ja`, `ja-easy`, `en`.
    public var labels: [String: String]
    public var unit: String
    /// Of a ratio: the indicators that stand above and below the line.
    public var parts: Parts?

    public struct Parts: Sendable, Hashable {
        public var numerator: String
        public var denominator: String

        public init(_ numerator: String, over denominator: String) {
            self.numerator = numerator
            self.denominator = denominator
        }
    }

    public init(_ id: String, _ kind: Kind, labels: [String: String], unit: String, parts: Parts? = nil) {
        self.parts = parts
        self.id = id
        self.kind = kind
        self.labels = labels
        self.unit = unit
    }
}
