import JSON
import Storage

/// Answers a query in one consistent state of the database.
struct QueryRun {
    let query: EntityQuery
    let reader: any Reader
    private let plan: QueryPlan

    init(_ query: EntityQuery, _ reader: any Reader) throws(Refusal) {
        self.query = query
        self.reader = reader
        plan = try QueryPlan(query, reader)
    }

    func page() throws(Refusal) -> EntityPage {
        guard query.after != nil, query.countsAll else { return try cut() }
        var (page, all) = (query, query)
        page.countsAll = false
        (all.after, all.limit) = (nil, 0)
        return EntityPage(
            entities: try QueryRun(page, reader).cut().entities, total: try QueryRun(all, reader).cut().total)
    }

    private func cut() throws(Refusal) -> EntityPage {
        if query.order == .distance { return try nearest() }
        return plan.matcher.isNeeded ? try matched() : try selected()
    }

    /// The indexes decide alone: the database cuts the page and counts.
    private func selected() throws(Refusal) -> EntityPage {
        let total = query.countsAll ? try count() : nil
        guard query.limit > 0 else { return EntityPage(entities: [], total: total) }
        let order = QueryOrder(query, types: plan.types)
        let rows = try reader.rows(
            """
            SELECT m.number FROM \(plan.source) \(order.joins.sql) WHERE \(plan.selection.sql) \
            ORDER BY \(order.order) LIMIT ? OFFSET ?
            """,
            order.joins.arguments + plan.selection.arguments + [.int(query.limit), .int(query.offset)])
        return EntityPage(entities: try entities(rows.map { $0.int64("number") }), total: total)
    }

    private func count() throws(Refusal) -> Int {
        try reader.count("SELECT COUNT(*) FROM \(plan.source) WHERE \(plan.selection.sql)", plan.selection.arguments)
    }

    private func entities(_ numbers: [Int64]) throws(Refusal) -> [StoredEntity] {
        let found = try EntityLookup(reader).entities(numbers: numbers)
        let sight = Sight(reader.context)
        return numbers.compactMap { found[$0].flatMap(sight.seen) }
    }

    /// Documents decide: candidates are read in order until the page is full, or all of them if all are counted.
    private func matched() throws(Refusal) -> EntityPage {
        var page: [StoredEntity] = []
        var matches = 0
        let end = query.offset + query.limit
        var after: (offset: Int, isDone: Bool) = (0, false)
        while !after.isDone, query.countsAll || matches < end {
            var read = 0
            try candidates(offset: after.offset) { entity throws(Refusal) in
                read += 1
                guard plan.matcher.matches(entity) else { return }
                if matches >= query.offset, matches < end { page.append(entity) }
                matches += 1
            }
            after = (after.offset + read, read < Self.block)
        }
        return EntityPage(entities: page, total: query.countsAll ? matches : nil)
    }

    /// Candidates are read in blocks, so that a page that fills soon reads few.
    private static let block = 500

    private func candidates(
        offset: Int, _ body: (StoredEntity) throws(Refusal) -> Void
    ) throws(Refusal) {
        let order = QueryOrder(query, types: plan.types)
        let join = plan.source == "entities m" ? "" : "JOIN entities e ON e.number = m.number"
        let sql = """
            SELECT \(join.isEmpty ? "m" : "e").* FROM \(plan.source) \(join) \(order.joins.sql) \
            WHERE \(plan.selection.sql) ORDER BY \(order.order) LIMIT ? OFFSET ?
            """
        let arguments = order.joins.arguments + plan.selection.arguments + [.int(Self.block), .int(offset)]
        let sight = Sight(reader.context)
        try reader.forEach(sql, arguments) { row throws(Refusal) in
            if let entity = sight.seen(EntityRow.decode(row)) { try body(entity) }
        }
    }

    private func nearest() throws(Refusal) -> EntityPage {
        guard let geo = plan.matcher.geo else {
            throw Refusal(.badRequest, "Ordering by distance needs a geo query to measure from.")
        }
        var found: [(metres: Double, id: String, number: Int64)] = []
        var (offset, read) = (0, 0)
        repeat {
            read = 0
            try candidates(offset: offset) { entity throws(Refusal) in
                read += 1
                guard plan.matcher.matches(entity), let tape = try? JSONTape(parsing: entity.document),
                    let metres = geo.distance(tape)
                else { return }
                found.append((metres, entity.id, entity.number))
            }
            offset += read
        } while read == Self.block
        found.sort { ($0.metres, $0.id) < ($1.metres, $1.id) }
        let page = found.dropFirst(query.offset).prefix(query.limit).map(\.number)
        return EntityPage(entities: try entities(page), total: query.countsAll ? found.count : nil)
    }
}
