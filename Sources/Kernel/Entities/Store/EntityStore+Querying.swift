import Storage

extension EntityStore {
    /// A page of what the actor may see. Refuses with `badRequest` for negative paging, and with `query-too-slow`.
    public func query(_ context: OperationContext, _ query: EntityQuery) async throws(Refusal) -> EntityPage {
        guard query.limit >= 0, query.offset >= 0 else {
            throw Refusal(.badRequest, "Limit and offset must not be negative.")
        }
        return try await database.query(context) { reader throws(Refusal) in try QueryRun(query, reader).page() }
    }

    /// Hands every match to `body` in order of id, for downloads and tiles; ignores order, limit and offset. Each block is
    /// read by itself, so that a slow reader of a stream holds no connection: what changes meanwhile may be seen or not.
    public func forEach(
        _ context: OperationContext, _ query: EntityQuery,
        _ body: @Sendable (StoredEntity) async throws(Refusal) -> Void
    ) async throws(Refusal) {
        var query = query
        query.order = .id
        var last = ""
        while true {
            let (wanted, after) = (query, last)
            let block = try await database.query(context) { reader throws(Refusal) in
                try EntityBlock(wanted, after: after, size: 1_000, reader)
            }
            for entity in block.matches { try await body(entity) }
            guard let next = block.last else { return }
            last = next
        }
    }
}

/// A part of all candidates in order of id.
struct EntityBlock: Sendable {
    var matches: [StoredEntity] = []
    /// The last id read; nil at the end.
    var last: String?

    init(_ query: EntityQuery, after: String, size: Int, _ reader: any Reader) throws(Refusal) {
        let plan = try QueryPlan(query, reader)
        let join = plan.source == "entities m" ? "" : "JOIN entities e ON e.number = m.number"
        let sql = """
            SELECT \(join.isEmpty ? "m" : "e").* FROM \(plan.source) \(join) \
            WHERE \(plan.selection.sql) AND m.id > ? ORDER BY m.id LIMIT ?
            """
        var read: [StoredEntity] = []
        try reader.forEach(sql, plan.selection.arguments + [.text(after), .int(size)]) { row throws(Refusal) in
            read.append(EntityRow.decode(row))
        }
        last = read.count == size ? read.last?.id : nil
        let seen = read.compactMap(Sight(reader.context).seen)
        matches = plan.matcher.isNeeded ? seen.filter(plan.matcher.matches) : seen
    }
}
