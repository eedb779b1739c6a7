import Storage

/// Who sees the entities of a type that belong to a tenant, in one space; it stands above what a source says.
public struct VisibilityRule: Sendable, Hashable {
    public var space: String
    public var type: String
    public var owner: TenantID
    public var visibility: Visibility

    public init(space: String = "area", type: String, owner: TenantID, visibility: Visibility) {
        self.space = space
        self.type = type
        self.owner = owner
        self.visibility = visibility
    }

    init(row: Row) {
        self.init(
            space: row.text("space"), type: row.text("type"), owner: TenantID(row.text("owner")),
            visibility: Visibility(rawValue: row.text("visibility")) ?? .tenant)
    }
}

/// The rules of one space, as they are in the transaction that writes.
struct VisibilityRules {
    private struct Key: Hashable {
        var type: String
        var owner: TenantID
    }

    private let rules: [Key: Visibility]

    init(space: String, _ reader: any Reader) throws(Refusal) {
        let rows = try reader.rows("SELECT * FROM entity_visibility_rules WHERE space = ?", [.text(space)])
        rules = Dictionary(
            rows.map(VisibilityRule.init(row:)).map { (Key(type: $0.type, owner: $0.owner), $0.visibility) },
            uniquingKeysWith: { first, _ in first })
    }

    /// The narrowest rule of the entity's types; `otherwise` if there is none. What was imported without a stated
    /// licence never becomes public.
    func visibility(
        types: [String], owner: TenantID, _ provenance: Provenance, otherwise: Visibility
    ) -> Visibility {
        if rules.isEmpty { return otherwise }
        let found = types.compactMap { rules[Key(type: $0, owner: owner)] }
        guard let narrowest = found.min(by: { $0.reach < $1.reach }) else { return otherwise }
        let isUnlicensed = provenance.importID != nil && provenance.licence == nil
        return narrowest == .public && isUnlicensed ? .bodies : narrowest
    }

    func applied(to entities: [PreparedEntity]) -> [PreparedEntity] {
        if rules.isEmpty { return entities }
        return entities.map { prepared in
            var (prepared, write) = (prepared, prepared.write)
            write.visibility = visibility(
                types: write.entity.types, owner: write.owner, write.provenance, otherwise: write.visibility)
            prepared.write = write
            return prepared
        }
    }
}

extension Visibility {
    fileprivate var reach: Int {
        switch self {
        case .tenant: 0
        case .bodies: 1
        case .public: 2
        }
    }
}
