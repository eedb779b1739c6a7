import Storage

/// The joins and the `ORDER BY` of a query over `m`; ties and missing values come in order of id, so that pages neither
/// drop nor repeat.
struct QueryOrder {
    var joins: SQLFragment
    var order: String

    /// Nil if the database cannot sort so: several keys, parts of attributes, distances.
    init?(_ query: EntityQuery, types: [String]) {
        guard query.orders.count <= 1 else { return nil }
        joins = SQLFragment("")
        switch query.order {
        case .distance, .farthest, .path, .type: return nil
        case .id: order = "m.id"
        case .createdAt(let descending): order = "m.number\(descending ? " DESC" : "")"
        case .modifiedAt(let descending): order = "m.modified\(descending ? " DESC" : ""), m.id"
        case .attribute("id", let descending): order = "m.id\(descending ? " DESC" : "")"
        case .attribute(let name, let descending):
            let direction = descending ? " DESC" : ""
            let (least, lists) = (descending ? "MAX" : "MIN", types.isEmpty ? [""] : types)
            let joined = ["entity_numbers", "entity_texts"].map { table in
                Self.join(table, least, space: query.space, lists, name)
            }
            joins = SQLFragment(joined.map(\.sql).joined(separator: " "), joined.flatMap(\.arguments))
            order = """
                CASE WHEN entity_numbers_v.value IS NOT NULL THEN 0 WHEN entity_texts_v.value IS NOT NULL THEN 1 ELSE 2 END, \
                entity_numbers_v.value\(direction), entity_texts_v.value\(direction), m.id
                """
        }
    }

    /// The first or last of each entity's values.
    private static func join(
        _ table: String, _ function: String, space: String, _ types: [String], _ attribute: String
    ) -> SQLFragment {
        let list = SQLFragment.list(types)
        return SQLFragment(
            """
            LEFT JOIN (SELECT number, \(function)(value) AS value FROM \(table) WHERE space = ? AND type IN (\(list.sql)) \
            AND attribute = ? GROUP BY number) \(table)_v ON \(table)_v.number = m.number
            """,
            [.text(space)] + list.arguments + [.text(attribute)])
    }
}
