/// Reads the change log for consumers.
public enum ChangeLog {
    public static let shardCount = 64

    /// The shard of a key, 0 to 63, the same for ever: FNV-1a.
    public static func shard(of key: String) -> Int {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in key.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        return Int((hash ^ (hash >> 32)) & 63)
    }

    /// The next changes after a place, in order, of all shards or one. Only what is below the horizon: later calls
    /// never bring a change that belongs before one that was read.
    public static func read(
        after position: LogPosition, limit: Int, shard: Int? = nil, in reader: any Reader
    ) throws(Refusal) -> [ChangeRecord] {
        var condition = position.condition(reader.dialect)
        if let shard { condition = .all([condition, SQLFragment("shard = ?", [.int(shard)])]) }
        var changes: [ChangeRecord] = []
        try reader.forEach(
            """
            SELECT seq, txid, time, tenant, space, type, key, actor, request_id, before, after FROM change_log
            WHERE \(condition.sql) ORDER BY \(LogPosition.order(reader.dialect)) LIMIT ?
            """,
            condition.arguments + [.int(limit)]
        ) { row throws(Refusal) in changes.append(ChangeRecord(row)) }
        return changes
    }

    /// The spaces that were changed after a place, as far as `end`.
    public static func spaces(after position: LogPosition, in reader: any Reader) throws(Refusal) -> Set<String> {
        let condition = position.condition(reader.dialect)
        let rows = try reader.rows(
            "SELECT DISTINCT space FROM change_log WHERE \(condition.sql)", condition.arguments)
        return Set(rows.map { $0.text("space") })
    }

    /// The place of the last change that may be read; `start` if there is none.
    public static func end(in reader: any Reader) throws(Refusal) -> LogPosition {
        let condition = LogPosition.start.condition(reader.dialect)
        let order = reader.dialect == .sqlite ? "seq DESC" : "txid DESC, seq DESC"
        let row = try reader.row(
            "SELECT txid, seq FROM change_log WHERE \(condition.sql) ORDER BY \(order) LIMIT 1", condition.arguments)
        return row.map { LogPosition(transaction: $0.int64("txid"), sequence: $0.int64("seq")) } ?? .start
    }
}

extension ChangeRecord {
    public var position: LogPosition { LogPosition(transaction: transaction, sequence: sequence) }

    package init(_ row: Row) {
        self.init(
            sequence: row.int64("seq"), transaction: row.int64("txid"), time: row.instant("time"),
            tenant: TenantID(row.text("tenant")), actor: row.text("actor"), requestID: row.text("request_id"),
            change: Change(
                EventType(row.text("type")), space: row.text("space"), key: row.text("key"),
                before: row.optionalBytes("before"), after: row.optionalBytes("after")))
    }
}
