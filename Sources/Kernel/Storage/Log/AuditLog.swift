/// A row of the audit as the sealer and those who look into it read it.
public struct AuditRecord: Sendable, Hashable {
    public var position: LogPosition
    public var time: Instant
    public var tenant: TenantID
    public var actor: String
    public var purpose: String
    public var requestID: String
    public var event: AuditEvent
}

/// Reads the audit in the order in which it is sealed.
public enum AuditLog {
    /// The next rows after a place, below the horizon.
    public static func read(
        after position: LogPosition, limit: Int, in reader: any Reader
    ) throws(Refusal) -> [AuditRecord] {
        let condition = position.condition(reader.dialect)
        return try reader.rows(
            """
            SELECT * FROM audit_log WHERE \(condition.sql) ORDER BY \(LogPosition.order(reader.dialect)) LIMIT ?
            """, condition.arguments + [.int(limit)]
        ).map(AuditRecord.init)
    }
}

extension AuditRecord {
    public init(_ row: Row) {
        self.init(
            position: LogPosition(transaction: row.int64("txid"), sequence: row.int64("seq")),
            time: row.instant("time"),
            tenant: TenantID(row.text("tenant")), actor: row.text("actor"), purpose: row.text("purpose"),
            requestID: row.text("request_id"),
            event: AuditEvent(
                AuditAction(row.text("action")), subject: row.text("subject"), detail: row.optionalBytes("detail")))
    }
}
