import Storage

/// Figures folded from the change log: a moment behind what was written last.
extension EntityStore {
    /// The types in order of name.
    public func types(_ context: OperationContext, space: String = "area") async throws(Refusal) -> [EntityTypeSummary]
    {
        try await database.query(context) { reader throws(Refusal) in
            let rows = try Self.counts("type, source, licence, count, modified", space, "type, source", reader)
            var types: [EntityTypeSummary] = []
            for row in rows {
                let type = row.text("type")
                if types.last?.type != type {
                    types.append(EntityTypeSummary(type: type, count: 0, modifiedAt: nil, sources: []))
                }
                types[types.count - 1].add(row)
            }
            return types
        }
    }

    /// Counts by municipality code and type.
    public func countsByMunicipality(_ context: OperationContext, space: String = "area") async throws(Refusal)
        -> [String: [String: Int]]
    {
        try await database.query(context) { reader throws(Refusal) in
            var counts: [String: [String: Int]] = [:]
            for row in try Self.counts("municipality, type, count", space, "municipality, type", reader) {
                let code = row.text("municipality")
                if !code.isEmpty { counts[code, default: [:]][row.text("type"), default: 0] += row.int("count") }
            }
            return counts
        }
    }

    /// How many entities about a municipality came from each file.
    public func sources(_ context: OperationContext, about municipality: String, space: String = "area")
        async throws(Refusal) -> [String: Int]
    {
        try await database.query(context) { reader throws(Refusal) in
            var counts: [String: Int] = [:]
            for row in try Self.counts("municipality, source, count", space, "source", reader)
            where row.text("municipality") == municipality && !row.text("source").isEmpty {
                counts[row.text("source"), default: 0] += row.int("count")
            }
            return counts
        }
    }

    private static func counts(
        _ columns: String, _ space: String, _ order: String, _ reader: any Reader
    ) throws(Refusal) -> [Row] {
        let seen = SQLFragment.all(
            [SQLFragment("space = ? AND count > 0", [.text(space)])]
                + (Sight(reader.context.actor).condition().map { [$0] } ?? []))
        return try reader.rows(
            "SELECT \(columns) FROM entity_counts WHERE \(seen.sql) ORDER BY \(order)", seen.arguments)
    }

    /// The types of which at least one entity has an attribute.
    public func types(_ context: OperationContext, having attribute: String, space: String = "area")
        async throws(Refusal) -> Set<String>
    {
        try await database.query(context) { reader throws(Refusal) in
            let seen = SQLFragment.all(
                [SQLFragment("space = ? AND attribute = ? AND count > 0", [.text(space), .text(attribute)])]
                    + (Sight(reader.context.actor).condition().map { [$0] } ?? []))
            let rows = try reader.rows(
                "SELECT DISTINCT type FROM attribute_counts WHERE \(seen.sql)", seen.arguments)
            return Set(rows.map { $0.text("type") })
        }
    }

    /// The attributes of a type, most common first.
    public func attributes(_ context: OperationContext, type: String, space: String = "area") async throws(Refusal)
        -> [AttributeSummary]
    {
        try await database.query(context) { reader throws(Refusal) in
            let seen = SQLFragment.all(
                [SQLFragment("space = ? AND type = ? AND count > 0", [.text(space), .text(type)])]
                    + (Sight(reader.context.actor).condition().map { [$0] } ?? []))
            let rows = try reader.rows(
                "SELECT attribute, kind, unit, count FROM attribute_counts WHERE \(seen.sql) ORDER BY attribute, kind, unit",
                seen.arguments)
            var found: [String: AttributeSummary] = [:]
            for row in rows {
                found[
                    row.text("attribute"),
                    default: AttributeSummary(name: row.text("attribute"), kinds: [], units: [], count: 0)
                ].add(row)
            }
            return found.values.sorted { ($1.count, $0.name) < ($0.count, $1.name) }
        }
    }
}

extension EntityTypeSummary {
    fileprivate mutating func add(_ row: Row) {
        count += row.int("count")
        modifiedAt = max(modifiedAt ?? row.instant("modified"), row.instant("modified"))
        let source = row.text("source")
        if !source.isEmpty, sources.last != source { sources.append(source) }
        if !row.text("licence").isEmpty { licensedCount += row.int("count") }
    }
}

extension AttributeSummary {
    fileprivate mutating func add(_ row: Row) {
        count += row.int("count")
        if let kind = AttributeKind(rawValue: row.text("kind")), !kinds.contains(kind) { kinds.append(kind) }
        let unit = row.text("unit")
        if !unit.isEmpty, !units.contains(unit) { units.append(unit) }
    }
}
