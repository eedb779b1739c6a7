import Storage

/// Which body each space belongs to (contracts §7). What NGSI calls a tenant is a space here.
struct Spaces {
    static let shared = "area"
    let transaction: any Transaction

    init(_ transaction: any Transaction) { self.transaction = transaction }

    /// What writing to a space takes. Refuses with `forbidden` if it is another body's, or if it does not exist and the
    /// actor may not make spaces. Reads only.
    func decide(_ space: String) throws(Refusal) -> SpaceDecision {
        if space == Self.shared { return SpaceDecision(created: nil) }
        let context = transaction.context
        if let owner = try Self.owner(of: space, transaction) {
            guard context.actor.isUnrestricted || context.actor.tenant == owner else {
                throw Refusal(.forbidden, "The space '\(space)' belongs to \(owner); only its own people write to it.")
            }
            return SpaceDecision(created: nil)
        }
        try context.require(EntityStore.createSpace)
        try SpaceName.check(space)
        let owner = SpaceName.tenant(of: space) ?? context.actor.tenant ?? context.tenant
        guard context.actor.isUnrestricted || context.actor.tenant == owner else {
            throw Refusal(.forbidden, "Spaces named '\(space)' belong to \(owner).")
        }
        return SpaceDecision(created: (space, owner))
    }

    static func owner(of space: String, _ reader: any Reader) throws(Refusal) -> TenantID? {
        try reader.row("SELECT tenant FROM spaces WHERE space = ?", [.text(space)])
            .map { TenantID($0.text("tenant")) }
    }
}

/// A space that will be made, or nothing.
struct SpaceDecision {
    let created: (space: String, owner: TenantID)?

    func apply(_ transaction: any Transaction) throws(Refusal) {
        guard let created else { return }
        try transaction.execute(
            "INSERT INTO spaces (space, tenant, created) VALUES (?, ?, ?)",
            [.text(created.space), .text(created.owner.rawValue), .instant(transaction.context.now)])
    }
}

/// Names of spaces: `431001`, `431001_bousai` (Kumamoto City's), or any name without a code at its head.
enum SpaceName {
    static func check(_ name: String) throws(Refusal) {
        let isWellFormed = name.utf8.allSatisfy { byte in
            (97...122).contains(byte) || (48...57).contains(byte) || byte == UInt8(ascii: "_")
                || byte == UInt8(ascii: "-") || (65...90).contains(byte)
        }
        guard isWellFormed, !name.isEmpty, name.utf8.count <= 50 else {
            throw Refusal(.invalid, "A space's name has 1 to 50 letters (a-z), digits, _ or -.")
        }
    }

    /// The body whose code stands at the head of the name.
    static func tenant(of name: String) -> TenantID? {
        let head = name.prefix { $0 != "_" }
        return head.utf8.count == 6 && head.utf8.allSatisfy { (48...57).contains($0) } ? TenantID(String(head)) : nil
    }
}

extension EntityStore {
    /// To make a space by writing to it.
    public static let createSpace: Permission = "context.space.create"

    /// Whether there is such a space; `area` always is.
    public func hasSpace(_ context: OperationContext, _ space: String) async throws(Refusal) -> Bool {
        if space == Spaces.shared { return true }
        let key = RowKey("spaces", [(name: "space", value: .text(space))])
        return try await database.get(context, key) != nil
    }

    /// Makes a space in the caller's transaction if there is none of the name; others' spaces may be named. Refuses,
    /// before it writes, with `forbidden` if the actor may not make it.
    public static func requireSpace(_ space: String, in transaction: any Transaction) throws(Refusal) {
        if space == Spaces.shared { return }
        guard try Spaces.owner(of: space, transaction) == nil else { return }
        try Spaces(transaction).decide(space).apply(transaction)
    }
}
