import JSON
import Platform
import Storage

extension EntityStore {
    /// To set who sees the entities of a type and owner.
    public static let manageVisibility: Permission = "context.visibility.manage"
    /// The job that applies a rule to what was there before it.
    public static let visibilityJob = "context.visibility"

    public static let visibilitySet: AuditAction = "entity.visibility-set"

    private static let chunk = 200

    /// Sets or, with `nil`, removes the rule of a space, type and owner. New writes follow it at once; entities that are
    /// there follow by a job. Refuses with `forbidden` if the actor may not act for the owner.
    public func setVisibility(
        _ context: OperationContext, _ visibility: Visibility?, space: String = "area", type: String, owner: TenantID
    ) async throws(Refusal) {
        try context.require(Self.manageVisibility)
        try context.requireTenant(owner)
        guard try await hasSpace(context, space) else {
            throw Refusal(.notFound, "There is no space '\(space)'.")
        }
        let names: [SQLValue] = [.text(space), .text(type), .text(owner.rawValue)]
        let detail: JSON = [
            "space": .string(space), "type": .string(type), "visibility": JSON(visibility?.rawValue),
        ]
        try await database.write(context) { transaction throws(Refusal) in
            if let visibility {
                try transaction.execute(
                    """
                    INSERT INTO entity_visibility_rules (space, type, owner, visibility) VALUES (?, ?, ?, ?)
                    ON CONFLICT (space, type, owner) DO UPDATE SET visibility = excluded.visibility
                    """, names + [.text(visibility.rawValue)])
                let payload: JSON = [
                    "space": .string(space), "type": .string(type), "owner": .string(owner.rawValue),
                ]
                let key = "\(space)/\(type)/\(owner)"
                try transaction.enqueue(JobRequest(type: Self.visibilityJob, key: key, payload: payload.bytes))
            } else {
                try transaction.execute(
                    "DELETE FROM entity_visibility_rules WHERE space = ? AND type = ? AND owner = ?", names)
            }
            try transaction.audit(
                AuditEvent(Self.visibilitySet, subject: owner.rawValue, detail: detail.bytes))
        }
    }

    /// The rules of a space, or of all; those of tenants that the actor may act for.
    public func visibilityRules(
        _ context: OperationContext, space: String? = nil
    ) async throws(Refusal) -> [VisibilityRule] {
        try context.require(Self.manageVisibility)
        let rows = try await database.query(context) { reader throws(Refusal) in
            try reader.rows("SELECT * FROM entity_visibility_rules ORDER BY space, type, owner")
        }
        return rows.map(VisibilityRule.init(row:)).filter { rule in
            (space == nil || rule.space == space) && (try? context.requireTenant(rule.owner)) != nil
        }
    }

    /// The work of `visibilityJob`: lets the entities of a rule follow it, in chunks of one transaction each. May run
    /// again from the start; a rule that changes meanwhile holds from the next chunk on.
    /// - Parameter payload: of the job's request.
    public func applyVisibility(_ context: OperationContext, payload: [UInt8]) async throws(Refusal) {
        guard let json = try? JSON(parsing: payload), let space = json["space"]?.stringValue,
            let type = json["type"]?.stringValue, let owner = json["owner"]?.stringValue
        else { throw Refusal(.invalid, "The job does not say which rule to apply.") }
        var last: String? = ""
        while let after = last {
            last = try await database.write(context) { transaction throws(Refusal) in
                let ids = try transaction.rows(
                    "SELECT id FROM entity_types WHERE space = ? AND type = ? AND owner = ? AND id > ? ORDER BY id LIMIT ?",
                    [.text(space), .text(type), .text(owner), .text(after), .int(Self.chunk)]
                ).map { $0.text("id") }
                try EntityWriter(transaction: transaction).followRules(space: space, ids: ids)
                return ids.count == Self.chunk ? ids.last : nil
            }
            versions.bump(space)
        }
    }
}

extension EntityWriter {
    /// Gives entities the visibility that the rules of their space say; those that have it already stay untouched.
    fileprivate func followRules(space: String, ids: [String]) throws(Refusal) {
        let rules = try VisibilityRules(space: space, transaction)
        let stored = try EntityLookup(transaction).entities(space: space, ids: ids)
        for id in ids {
            guard let old = stored[id] else { continue }
            var new = old
            new.visibility = rules.visibility(
                types: old.types, owner: old.owner, old.provenance, otherwise: old.visibility)
            guard new.visibility != old.visibility else { continue }
            new.version += 1
            try update(old, to: new, [])
        }
    }
}
