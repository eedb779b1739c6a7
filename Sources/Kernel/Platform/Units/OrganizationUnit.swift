import Storage

/// A unit of a tenant, such as 企画振興部 or 情報政策課, from when it was set up until it was closed.
public struct OrganizationUnit: Sendable, Hashable {
    /// Unique in its tenant: lower-case letters, digits and hyphens.
    public var id: String
    public var tenant: TenantID
    public var parentID: String?
    public var name: String
    public var kana: String?
    public var term: Term
    /// Grows by one with each change.
    public var version: Int64

    public init(
        id: String, tenant: TenantID, parentID: String? = nil, name: String, kana: String? = nil,
        term: Term = .unlimited, version: Int64 = 1
    ) {
        self.id = id
        self.tenant = tenant
        self.parentID = parentID
        self.name = name
        self.kana = kana
        self.term = term
        self.version = version
    }

    init(row: Row) {
        self.init(
            id: row.text("id"), tenant: TenantID(row.text("tenant")), parentID: row.optionalText("parent"),
            name: row.text("name"), kana: row.optionalText("kana"), term: Term(row: row), version: row.int64("version"))
    }
}

extension OrganizationUnit {
    static func key(_ id: String, of tenant: TenantID) -> RowKey {
        RowKey("platform_units", [("tenant", .text(tenant.rawValue)), ("id", .text(id))])
    }

    @discardableResult
    static func require(
        _ id: String, of tenant: TenantID, in reader: any Reader
    ) throws(Refusal) -> OrganizationUnit {
        guard let row = try reader.get(key(id, of: tenant)) else {
            throw Refusal(.notFound, "The tenant '\(tenant)' has no unit '\(id)'.")
        }
        return OrganizationUnit(row: row)
    }
}

/// The units of one tenant as a tree.
public struct UnitTree: Sendable {
    private let byID: [String: OrganizationUnit]
    private let children: [String?: [OrganizationUnit]]

    public init(_ units: [OrganizationUnit]) {
        byID = Dictionary(units.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        children = Dictionary(grouping: units.sorted { $0.id < $1.id }, by: \.parentID)
    }

    public var units: [OrganizationUnit] { byID.values.sorted { $0.id < $1.id } }
    public var roots: [OrganizationUnit] { children[nil] ?? [] }

    public subscript(id: String) -> OrganizationUnit? { byID[id] }

    public func children(of id: String) -> [OrganizationUnit] { children[id] ?? [] }

    /// The units above, nearest first. A ring, which writes refuse, would end at the first repeat.
    public func ancestors(of id: String) -> [OrganizationUnit] {
        var ancestors: [OrganizationUnit] = []
        var seen: Set<String> = [id]
        var next = byID[id]?.parentID
        while let parent = next, seen.insert(parent).inserted, let unit = byID[parent] {
            ancestors.append(unit)
            next = unit.parentID
        }
        return ancestors
    }
}
