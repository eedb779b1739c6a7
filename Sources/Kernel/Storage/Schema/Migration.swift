/// One step of a module's schema, named `NNNN-name`. Forward only, never edited after a release.
public struct Migration: Sendable {
    /// `0001-entities`, unique in its module.
    public var name: String
    public var database: Target
    public var steps: [Step]

    /// Which databases a migration runs in.
    public enum Target: String, Sendable { case main, datastore, vault, every }

    public enum Step: Sendable, Hashable, Codable {
        case createTable(Table)
        case addColumn(table: String, Column)
        case createIndex(Index)
        case createTextIndex(name: String)
        case createGeoIndex(name: String)
        case createSequence(name: String)
        case dropTable(String)
        /// Statements in the common SQL of both databases, for moving data.
        case execute(String)
    }

    public init(_ name: String, in database: Target = .main, _ steps: [Step]) {
        self.name = name
        self.database = database
        self.steps = steps
    }
}

/// A table in the words that both databases share.
public struct Table: Sendable, Hashable, Codable {
    public var name: String
    public var columns: [Column]
    /// Tenant first, unless `tenancy` says why not.
    public var primaryKey: [String]
    /// Unique sets of columns besides the primary key.
    public var unique: [[String]]
    public var tenancy: Tenancy
    /// Rows are under 200 bytes and only ever found by key: stored in the key's own tree where the database can.
    public var isSmall: Bool

    /// How a row belongs to a tenant.
    public enum Tenancy: Sendable, Hashable, Codable {
        /// This column holds the tenant (or the space or owner that belongs to one).
        case column(String)
        /// No row of it belongs to a tenant; the line says why.
        case none(because: String)
    }

    public init(
        _ name: String, primaryKey: [String], unique: [[String]] = [], tenancy: Tenancy, isSmall: Bool = false,
        _ columns: [Column]
    ) {
        self.name = name
        self.columns = columns
        self.primaryKey = primaryKey
        self.unique = unique
        self.tenancy = tenancy
        self.isSmall = isSmall
    }
}

public struct Column: Sendable, Hashable, Codable {
    /// `identity` is a growing number that the database gives, alone in the primary key. `json` is stored as bytes.
    /// `transaction` is filled by the database: the transaction that made the row where those commit out of order,
    /// else 0. Compare a `bool` with an argument or with `TRUE`, never with 1.
    public enum Kind: String, Sendable, Codable {
        case text, int64, double, bool, bytes, instant, json, identity, transaction
    }

    public var name: String
    public var kind: Kind
    public var isOptional: Bool
    public var defaultValue: SQLValue?

    public init(_ name: String, _ kind: Kind, optional: Bool = false, default defaultValue: SQLValue? = nil) {
        self.name = name
        self.kind = kind
        self.isOptional = optional
        self.defaultValue = defaultValue
    }
}

public struct Index: Sendable, Hashable, Codable {
    public var name: String
    public var table: String
    public var columns: [String]
    public var isUnique: Bool
    /// Made only in this database; `nil`: in both.
    package var dialect: Dialect?

    public init(_ name: String, on table: String, _ columns: [String], unique: Bool = false) {
        self.name = name
        self.table = table
        self.columns = columns
        self.isUnique = unique
    }
}

/// A module's migrations, run in the order of the module list.
public struct MigrationSet: Sendable {
    /// The module's id; part of the record of what has run.
    public var module: String
    public var migrations: [Migration]

    public init(module: String, _ migrations: [Migration]) {
        self.module = module
        self.migrations = migrations
    }
}
