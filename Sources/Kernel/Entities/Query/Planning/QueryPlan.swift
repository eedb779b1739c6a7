import JSON
import Storage

/// How a query is answered: a selection in SQL, and what is left to decide on documents.
///
/// `m` is `entity_types` where one type is asked for, so that paging and counting read a small tree, else `entities`.
struct QueryPlan {
    let source: String
    let selection: SQLFragment
    let matcher: EntityMatcher
    let types: [String]

    init(_ query: EntityQuery, _ reader: any Reader) throws(Refusal) {
        let needsEntities: Bool
        if case .modifiedAt = query.order { needsEntities = true } else { needsEntities = query.importID != nil }
        let isByType = query.types.count == 1 && !needsEntities
        source = isByType ? "entity_types m" : "entities m"
        let needsTypes = query.types.isEmpty && (query.condition != nil || query.order.needsValues)
        types = needsTypes ? try Self.allTypes(query.space, reader) : query.types
        var rest = query
        (rest.ids, rest.types) = ([], [])
        var fragments = Self.fixedFragments(query, isByType: isByType, reader)
        if let wanted = query.condition {
            if types.isEmpty {
                fragments.append(SQLFragment("1 = 0"))
            } else if let plan = ConditionPlanner(space: query.space, types: types, number: "m.number").plan(wanted) {
                fragments.append(plan.fragment)
                if plan.isExact, query.datasetIDs.isEmpty { rest.condition = nil }
            }
        }
        matcher = try EntityMatcher(rest)
        if let boxes = matcher.geo?.candidates {
            fragments.append(
                EntitySchema.geo.condition(intersecting: boxes, number: "m.number", dialect: reader.dialect))
        }
        selection = .all(fragments)
    }

    private static func fixedFragments(_ query: EntityQuery, isByType: Bool, _ reader: any Reader) -> [SQLFragment] {
        var fragments = [SQLFragment("m.space = ?", [.text(query.space)])]
        if isByType {
            fragments.append(SQLFragment("m.type = ?", [.text(query.types[0])]))
        } else if !query.types.isEmpty {
            let types = SQLFragment.list(query.types)
            fragments.append(
                SQLFragment(
                    "m.number IN (SELECT number FROM entity_types WHERE space = ? AND type IN (\(types.sql)))",
                    [.text(query.space)] + types.arguments))
        }
        if !query.ids.isEmpty {
            let ids = SQLFragment.list(query.ids)
            fragments.append(SQLFragment("m.id IN (\(ids.sql))", ids.arguments))
        }
        fragments.append(Sight(reader.context).entityCondition(alias: "m"))
        if let after = query.after { fragments.append(SQLFragment("m.id > ?", [.text(after)])) }
        if let owner = query.owner { fragments.append(SQLFragment("m.owner = ?", [.text(owner.rawValue)])) }
        if let code = query.municipality { fragments.append(SQLFragment("m.municipality = ?", [.text(code)])) }
        if let importID = query.importID { fragments.append(SQLFragment("m.import_id = ?", [.text(importID)])) }
        if let words = query.text {
            fragments.append(
                EntitySchema.text.condition(matching: words, number: "m.number", dialect: reader.dialect))
        }
        return fragments
    }

    /// The types of a space, by leaps through the key.
    static func allTypes(_ space: String, _ reader: any Reader) throws(Refusal) -> [String] {
        var types: [String] = []
        var last = ""
        while let next = try reader.row(
            "SELECT type FROM entity_types WHERE space = ? AND type > ? ORDER BY type LIMIT 1",
            [.text(space), .text(last)])
        {
            last = next.text("type")
            types.append(last)
        }
        return types
    }
}

extension SQLFragment {
    /// `?, ?, ?` with these values.
    static func list(_ values: [String]) -> SQLFragment {
        SQLFragment(Array(repeating: "?", count: values.count).joined(separator: ", "), values.map { .text($0) })
    }
}

extension EntityQuery.Order {
    var needsValues: Bool { if case .attribute = self { true } else { false } }
}
