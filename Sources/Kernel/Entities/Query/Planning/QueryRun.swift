import JSON
import Storage

/// Answers a query in one consistent state of the database, by the way that reads least:
///
/// candidates from the index that leaves fewest; or entities in order until the page is full; or, if few of many match,
/// sets of numbers that the database cuts.
struct QueryRun {
    let query: EntityQuery
    let reader: any Reader
    let plan: QueryPlan
    let sight: Sight

    init(_ query: EntityQuery, _ reader: any Reader) throws(Refusal) {
        self.query = query
        self.reader = reader
        plan = try QueryPlan(query, reader)
        sight = Sight(reader.context)
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
        if query.orders.contains(.distance) || query.orders.contains(.farthest), query.geo == nil {
            throw Refusal(.badRequest, "Ordering by distance needs a geo query to measure from.")
        }
        if let ids = query.coveringIDs, query.text == nil {
            let found = try EntityLookup(reader).entities(space: query.space, ids: ids)
            return sorted(found.values.filter(accepts))
        }
        if query.orders == [.distance], !query.countsAll, let search = NearestSearch(self) { return try search.page() }
        if let numbers = try CandidateSearch(query, plan, reader).numbers() { return try chosen(from: numbers) }
        guard let order = QueryOrder(query, types: plan.types) else { return try ranked() }
        if query.orders.isInOrderOfReading, !query.countsAll, query.text == nil, plan.fullMatcher.isNeeded {
            return try OrderedReading(self).page()
        }
        return plan.matcher.isNeeded ? try matched(order) : try selected(order)
    }

    /// Whether an entity that was found by id or number is asked for and seen.
    func accepts(_ entity: StoredEntity) -> Bool {
        guard entity.space == query.space, let seen = sight.seen(entity) else { return false }
        if !query.types.isEmpty, !query.types.contains(where: entity.types.contains) { return false }
        if let owner = query.owner, entity.owner != owner { return false }
        if let code = query.municipality, entity.municipality != code { return false }
        if let importID = query.importID, entity.provenance.importID != importID { return false }
        if let after = query.after, !after.utf8.lexicographicallyPrecedes(entity.id.utf8) { return false }
        if let types = query.selectedTypes, !types.contains(where: entity.types.contains) { return false }
        return plan.fullMatcher.matches(seen)
    }

    // MARK: Candidates

    private func chosen(from numbers: [Int64]) throws(Refusal) -> EntityPage {
        let wanted = query.offset + query.limit
        guard !query.countsAll, query.orders.isInOrderOfReading, numbers.count > 2 * wanted + 20 else {
            return sorted(try EntityLookup(reader).entities(numbers: numbers).values.filter(accepts))
        }
        // Documents are read only until the page is full.
        var matches: [StoredEntity] = []
        let places = try EntityLookup(reader).inOrder(numbers, query.orders)
        for start in stride(from: 0, to: places.count, by: max(wanted, 20)) where matches.count < wanted {
            let part = Array(places[start..<min(start + max(wanted, 20), places.count)])
            let found = try EntityLookup(reader).entities(numbers: part)
            matches += part.compactMap { found[$0] }.filter(accepts)
        }
        return EntityPage(entities: matches.dropFirst(query.offset).prefix(query.limit).compactMap(sight.seen))
    }

    private func sorted(_ matches: [StoredEntity]) -> EntityPage {
        let ranks = matches.map { EntityRank($0, query, plan.fullMatcher.geo) }
        let places = ranks.indices.sorted { ranks[$0].precedes(ranks[$1], query.orders) }
        let page = places.dropFirst(query.offset).prefix(query.limit).compactMap { sight.seen(matches[$0]) }
        return EntityPage(entities: page, total: query.countsAll ? matches.count : nil)
    }

    /// Reads all matches and keeps where each stands.
    private func ranked() throws(Refusal) -> EntityPage {
        var ranks: [EntityRank] = []
        try matches { entity in ranks.append(EntityRank(entity, query, plan.fullMatcher.geo)) }
        ranks.sort { $0.precedes($1, query.orders) }
        let page = ranks.dropFirst(query.offset).prefix(query.limit).map(\.number)
        return EntityPage(entities: try entities(page), total: query.countsAll ? ranks.count : nil)
    }

    // MARK: Sets

    /// The indexes decide alone: the database cuts the page and counts.
    private func selected(_ order: QueryOrder) throws(Refusal) -> EntityPage {
        let total = query.countsAll ? try count() : nil
        guard query.limit > 0 else { return EntityPage(entities: [], total: total) }
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

    func entities(_ numbers: [Int64]) throws(Refusal) -> [StoredEntity] {
        let found = try EntityLookup(reader).entities(numbers: numbers)
        return numbers.compactMap { found[$0].flatMap(sight.seen) }
    }

    /// Documents decide: what the indexes leave is read in order until the page is full, or whole if all is counted.
    private func matched(_ order: QueryOrder) throws(Refusal) -> EntityPage {
        var (page, count, read) = ([StoredEntity](), 0, 0)
        let end = query.offset + query.limit
        var isDone = false
        while !isDone, query.countsAll || count < end {
            let block = query.countsAll ? nil : (offset: read, size: Self.block)
            let fresh = try candidates(order, block) { entity in
                guard plan.matcher.matches(entity) else { return }
                if count >= query.offset, count < end { page.append(entity) }
                count += 1
            }
            read += fresh
            isDone = query.countsAll || fresh < Self.block
        }
        return EntityPage(entities: page, total: query.countsAll ? count : nil)
    }

    /// All matches, in no order that counts.
    private func matches(_ body: (StoredEntity) -> Void) throws(Refusal) {
        var plain = query
        plain.orders = []
        guard let order = QueryOrder(plain, types: plan.types) else { return }
        _ = try candidates(order, nil) { entity in if plan.matcher.matches(entity) { body(entity) } }
    }

    private static let block = 500

    /// - Returns: how many rows were read.
    private func candidates(
        _ order: QueryOrder, _ block: (offset: Int, size: Int)?, _ body: (StoredEntity) -> Void
    ) throws(Refusal) -> Int {
        let join = plan.source == "entities m" ? "" : "JOIN entities e ON e.number = m.number"
        let sql = """
            SELECT \(join.isEmpty ? "m" : "e").* FROM \(plan.source) \(join) \(order.joins.sql) \
            WHERE \(plan.selection.sql) ORDER BY \(order.order) \(block == nil ? "" : "LIMIT ? OFFSET ?")
            """
        var arguments = order.joins.arguments + plan.selection.arguments
        if let block { arguments += [.int(block.size), .int(block.offset)] }
        var read = 0
        try reader.forEach(sql, arguments) { row throws(Refusal) in
            read += 1
            if let entity = sight.seen(EntityRow.decode(row)) { body(entity) }
        }
        return read
    }
}

extension EntityQuery {
    /// Types of selectors that are nothing but a choice, which the matcher leaves to others.
    fileprivate var selectedTypes: [String]? {
        guard !selectors.isEmpty else { return nil }
        var all: [String] = []
        for selector in selectors {
            guard let types = selector.types?.covering else { return nil }
            all += types
        }
        return all
    }
}
