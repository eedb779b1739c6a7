extension Transaction {
    /// Appends one row to the change log. Call it once per changed thing.
    public func record(_ change: Change) throws(Refusal) {
        try execute(
            """
            INSERT INTO change_log (time, tenant, space, type, key, actor, request_id, before, after)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                .instant(context.now), .text(context.tenant.rawValue), .text(change.space), .text(change.type.rawValue),
                .text(change.key), .text(context.actor.id), .text(context.requestID), .optional(change.before),
                .optional(change.after),
            ])
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

    /// Puts a job in line; a waiting job of the same type and key is left as it is, but never later than `due`.
    public func enqueue(_ job: JobRequest) throws(Refusal) {
        let due = job.due ?? context.now
        try execute(
            """
            INSERT INTO jobs (type, key, tenant, payload, due, tries, created, request_id)
            VALUES (?, ?, ?, ?, ?, 0, ?, ?)
            ON CONFLICT (type, key) DO UPDATE SET due = CASE WHEN jobs.due > excluded.due THEN excluded.due ELSE jobs.due END
            """,
            [
                .text(job.type), .text(job.key), .text(context.tenant.rawValue), .bytes(job.payload), .instant(due),
                .instant(context.now), .text(context.requestID),
            ])
    }
}
