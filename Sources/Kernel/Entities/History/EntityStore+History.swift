import JSON
import Storage

extension EntityStore {
    /// Appends values to the history of an entity's attributes inside the caller's transaction, in bulk; the entity's
    /// current value is set to the newest one. Equal (attribute, time) pairs are replaced, so a repeat changes nothing.
    /// All that the call changes is one row of the change log. Refuses with `notFound` or `forbidden`.
    ///
    /// - Returns: How many values came at times that had none.
    public func appendHistory(
        id: String, space: String = "area", _ observations: [Observation], in transaction: any Transaction
    ) throws(Refusal) -> Int {
        let writer = EntityWriter(transaction: transaction)
        let entity = try writer.mine(id: id, space: space, version: nil)
        let byAttribute = Dictionary(grouping: observations, by: \.attribute)
        var changes: [HistoryChange] = []
        for (attribute, observations) in byAttribute {
            let series = HistorySeries(space: space, number: entity.number, attribute: attribute, dataset: "")
            let values = observations.map { HistorySegment.Value(time: $0.observedAt, bytes: $0.value) }
            if let change = try series.change(adding: values, transaction) { changes.append(change) }
        }
        let current = try NewestValues(byAttribute).applied(to: entity, now: transaction.context.now)
        guard !changes.isEmpty || current != nil else { return 0 }
        try HistoryChange.apply(changes, in: transaction)
        let (new, attributes) = current ?? entity.touched(now: transaction.context.now)
        let extra = Self.summary(byAttribute)
        try writer.update(entity, to: new, attributes, as: EntityEvents.observed, extra: extra)
        versions.bump(space)
        return changes.reduce(0) { $0 + $1.fresh }
    }

    /// `,"history":{attribute:{"count","from","to"}}` for the log.
    private static func summary(_ observations: [String: [Observation]]) -> [UInt8] {
        let members = observations.sorted { $0.key < $1.key }.map { name, values in
            let times = values.map(\.observedAt)
            return JSONObject.Member(
                name,
                [
                    "count": .int(Int64(values.count)), "from": .string(times.min().map(DateTime.text) ?? ""),
                    "to": .string(times.max().map(DateTime.text) ?? ""),
                ])
        }
        var bytes = Array(#","history":"#.utf8)
        JSON.object(JSONObject(members)).write(into: &bytes)
        return bytes
    }

    /// Values of an attribute in time order within `[from, to)`, at most `limit`: the newest ones, newest last. Of a
    /// deleted entity too, until its history is purged. Refuses with `notFound` if there is or was no entity that the
    /// actor may see.
    public func history(
        _ context: OperationContext, id: String, space: String = "area", attribute: String, from: Instant? = nil,
        to: Instant? = nil, limit: Int = 1_000
    ) async throws(Refusal) -> [Observation] {
        guard limit >= 0 else { throw Refusal(.badRequest, "The limit must not be negative.") }
        return try await database.query(context) { reader throws(Refusal) in
            let number = try Self.number(of: id, space, reader)
            let series = HistorySeries(space: space, number: number, attribute: attribute, dataset: "")
            let unfolded = try Self.unfolded(id: id, space: space, reader).values(of: series)
            let values = try series.values(from: from, to: to, limit: limit, adding: unfolded, reader)
            return values.map { Observation(attribute: attribute, value: $0.bytes, observedAt: $0.time) }
        }
    }

    /// The number of the entity, or of the last one that had the id.
    private static func number(of id: String, _ space: String, _ reader: any Reader) throws(Refusal) -> Int64 {
        let sight = Sight(reader.context.actor)
        if let row = try reader.get(EntityRow.key(space: space, id: id)) {
            let entity = EntityRow.decode(row)
            if sight.covers(entity) { return entity.number }
        } else if let row = try reader.row(
            "SELECT * FROM entity_tombstones WHERE space = ? AND id = ? ORDER BY number DESC LIMIT 1",
            [.text(space), .text(id)]),
            sight.covers(
                owner: TenantID(row.text("owner")), Visibility(rawValue: row.text("visibility")) ?? .tenant)
        {
            return row.int64("number")
        }
        throw Refusal(.notFound, "There is no entity with the id '\(id.shortened)'.")
    }

    /// What the change log holds of an entity beyond the consumer's cursors.
    private static func unfolded(id: String, space: String, _ reader: any Reader) throws(Refusal) -> HistoryFold {
        let cursor = try reader.row(
            "SELECT txid, seq FROM cursors WHERE consumer = ? ORDER BY txid, seq LIMIT 1",
            [.text(EntityFold.consumerName)])
        var fold = HistoryFold()
        let sql = """
            SELECT seq, time, tenant, actor, request_id, type, before, after FROM change_log
            WHERE (txid, seq) > (?, ?) AND key = ? AND space = ? ORDER BY txid, seq
            """
        let arguments: [SQLValue] = [
            .int64(cursor?.int64("txid") ?? -1), .int64(cursor?.int64("seq") ?? -1), .text(id), .text(space),
        ]
        try reader.forEach(sql, arguments) { row throws(Refusal) in
            let change = Change(
                EventType(row.text("type")), space: space, key: id, before: row.optionalBytes("before"),
                after: row.optionalBytes("after"))
            let record = ChangeRecord(
                sequence: row.int64("seq"), time: row.instant("time"), tenant: TenantID(row.text("tenant")),
                actor: row.text("actor"), requestID: row.text("request_id"), change: change)
            fold.add(FoldedChange(record))
        }
        return fold
    }
}

extension StoredEntity {
    /// The entity when only its history grows: its version grows too.
    fileprivate func touched(now: Instant) -> (StoredEntity, [AttributeChange]) {
        var entity = self
        entity.touch([], now: now)
        return (entity, [])
    }
}

/// What an entity's history holds of one attribute.
public struct HistorySummary: Sendable, Hashable {
    public var attribute: String
    public var count: Int
    public var first: Instant
    public var last: Instant
}

extension EntityStore {
    /// The attributes that have a history, with how much of it; a moment behind what was written last.
    public func historySummaries(_ context: OperationContext, id: String, space: String = "area") async throws(Refusal)
        -> [HistorySummary]
    {
        try await database.query(context) { reader throws(Refusal) in
            let number = try Self.number(of: id, space, reader)
            return try reader.rows(
                """
                SELECT attribute, SUM(count) AS total, MIN(first) AS oldest, MAX(last) AS newest FROM history_segments
                WHERE space = ? AND number = ? AND dataset = '' GROUP BY attribute ORDER BY attribute
                """, [.text(space), .int64(number)]
            ).map { row in
                HistorySummary(
                    attribute: row.text("attribute"), count: row.int("total"), first: row.instant("oldest"),
                    last: row.instant("newest"))
            }
        }
    }
}
