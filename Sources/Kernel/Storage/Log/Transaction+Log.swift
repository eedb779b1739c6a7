extension Transaction {
    /// Appends one row to the change log. Call it once per changed thing.
    public func record(_ change: Change) throws(Refusal) { try record([change]) }

    /// Appends a row for each change, in order.
    public func record(_ changes: [Change]) throws(Refusal) {
        try executeMany(
            """
            INSERT INTO change_log (time, tenant, space, type, key, actor, request_id, before, after, shard)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            changes.map { change in
                [
                    .instant(context.now), .text(context.tenant.rawValue), .text(change.space),
                    .text(change.type.rawValue), .text(change.key), .text(context.actor.id), .text(context.requestID),
                    .optional(change.before), .optional(change.after), .int(ChangeLog.shard(of: change.key)),
                ]
            })
    }

    /// Appends one unsealed audit row; the sealer chains it within a second.
    public func audit(_ event: AuditEvent) throws(Refusal) {
        try execute(
            """
            INSERT INTO audit_log (time, tenant, action, subject, actor, purpose, request_id, detail)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                .instant(context.now), .text(context.tenant.rawValue), .text(event.action.rawValue),
                .text(event.subject), .text(context.actor.id), .text(context.purpose), .text(context.requestID),
                .optional(event.detail),
            ])
    }
}
