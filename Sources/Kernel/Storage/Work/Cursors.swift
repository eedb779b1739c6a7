/// How far a consumer has read a log; one cursor for all shards, or one each.
extension Reader {
    public func cursor(_ consumer: String, shard: Int? = nil) throws(Refusal) -> LogPosition {
        let row = try row(
            "SELECT txid, seq FROM cursors WHERE consumer = ? AND shard = ?", [.text(consumer), .int(shard ?? -1)])
        return row.map { LogPosition(transaction: $0.int64("txid"), sequence: $0.int64("seq")) } ?? .start
    }
}

extension Transaction {
    public func moveCursor(_ consumer: String, shard: Int? = nil, to position: LogPosition) throws(Refusal) {
        try execute(
            """
            INSERT INTO cursors (consumer, shard, txid, seq, time) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (consumer, shard)
            DO UPDATE SET txid = excluded.txid, seq = excluded.seq, time = excluded.time
            """,
            [
                .text(consumer), .int(shard ?? -1), .int64(position.transaction), .int64(position.sequence),
                .instant(context.now),
            ])
    }
}
