import Storage

/// Looks for an index that leaves few candidates.
struct CandidateSearch {
    /// Beyond so many the entities are read in their order instead.
    static let most = 1_000

    private let query: EntityQuery
    private let plan: QueryPlan
    private let reader: any Reader

    init(_ query: EntityQuery, _ plan: QueryPlan, _ reader: any Reader) {
        (self.query, self.plan, self.reader) = (query, plan, reader)
    }

    /// Numbers of entities among which all matches are; nil if reading in order costs less, or if no index helps.
    func numbers() throws(Refusal) -> [Int64]? {
        // Words are looked up by the database.
        if query.text != nil { return nil }
        var best: (seed: SQLFragment, count: Int)?
        for seed in seeds {
            let count = try count(seed, upTo: best?.count ?? Self.most + 1)
            if count < best?.count ?? Self.most + 1 { best = (seed, count) }
            if count <= query.limit { break }
        }
        guard let best, try isWorthwhile(best.count) else { return nil }
        var numbers: Set<Int64> = []
        try reader.forEach(best.seed.sql, best.seed.arguments) { row throws(Refusal) in
            if case .int64(let number) = row[0] { numbers.insert(number) }
        }
        return Array(numbers)
    }

    private var seeds: [SQLFragment] {
        var seeds: [SQLFragment] = []
        if let boxes = plan.fullMatcher.geo?.candidates {
            seeds.append(EntitySchema.geo.numbers(intersecting: boxes, dialect: reader.dialect))
        }
        if let scopes = query.scope?.selection(query.space) { seeds.append(scopes) }
        if let condition = query.condition, !plan.types.isEmpty {
            seeds += ConditionPlanner(space: query.space, types: plan.types, number: "m.number").seeds(condition)
                .prefix(4)
        }
        return seeds
    }

    private func count(_ seed: SQLFragment, upTo most: Int) throws(Refusal) -> Int {
        try reader.count(
            "SELECT COUNT(*) FROM (SELECT 1 FROM (\(seed.sql)) AS s LIMIT ?) AS c", seed.arguments + [.int(most)])
    }

    /// Whether reading so many by number costs less than reading in order until the page is full, as far as the counts
    /// by type tell. Entities that pass are thought to lie evenly in the order.
    private func isWorthwhile(_ count: Int) throws(Refusal) -> Bool {
        let wanted = query.limit + query.offset
        guard !query.countsAll, query.orders.isInOrderOfReading, count > wanted else { return true }
        guard plan.types.count == 1 else { return false }
        let total = try reader.count(
            "SELECT COALESCE(CAST(SUM(count) AS bigint), 0) FROM entity_counts WHERE space = ? AND type = ?",
            [.text(query.space), .text(plan.types[0])])
        return count < wanted * 2 * max(total, Self.most) / count
    }
}

extension [EntityQuery.Order] {
    /// Whether entities are read in this order, so that a full page ends the work.
    var isInOrderOfReading: Bool {
        switch first {
        case nil, .id: count <= 1
        case .createdAt: count == 1
        default: false
        }
    }
}
