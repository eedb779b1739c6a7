import JSON
import Storage

/// How a query is answered: a selection in SQL, and what is left to decide on documents.
///
/// `m` is `entity_types` where one type is asked for, so that paging and counting read a small tree, else `entities`.
struct QueryPlan {
    let source: String
    /// What the database decides without the value and geo indexes.
    let fixed: SQLFragment
    /// What it decides with all of its indexes.
    let selection: SQLFragment
    /// What `selection` leaves open.
    let matcher: EntityMatcher
    /// What `fixed` leaves open.
    let fullMatcher: EntityMatcher
    /// Types of which every match has one.
    let types: [String]

    init(_ query: EntityQuery, _ reader: any Reader) throws(Refusal) {
        let covering = query.coveringTypes
        let needsEntities = query.importID != nil || query.order.needsTimes
        let isByType = covering?.count == 1 && !needsEntities
        source = isByType ? "entity_types m" : "entities m"
        let needsTypes = covering == nil && (query.condition != nil || query.order.needsValues)
        types = needsTypes ? try Self.allTypes(query.space, reader) : covering ?? []
        var rest = query
        rest.types = []
        if query.selectors.allSatisfy(\.isChoiceOfTypes) { rest.selectors = [] }
        fullMatcher = try EntityMatcher(rest)
        let fixed = Self.fixedFragments(query, covering, isByType: isByType, reader)
        var fragments: [SQLFragment] = []
        if let wanted = query.condition {
            if types.isEmpty {
                fragments.append(SQLFragment("1 = 0"))
            } else if let plan = ConditionPlanner(space: query.space, types: types, number: "m.number").plan(wanted) {
                fragments.append(plan.fragment)
                if plan.isExact, query.datasetIDs.isEmpty { rest.condition = nil }
            }
        }
        rest.ids = []
        matcher = try EntityMatcher(rest)
        if let boxes = matcher.geo?.candidates {
            fragments.append(
                EntitySchema.geo.condition(intersecting: boxes, number: "m.number", dialect: reader.dialect))
        }
        if let scopes = query.scope?.selection(query.space) {
            fragments.append(SQLFragment("m.number IN (\(scopes.sql))", scopes.arguments))
        }
        self.fixed = .all(fixed)
        selection = .all(fixed + fragments)
    }

    private static func fixedFragments(
        _ query: EntityQuery, _ types: [String]?, isByType: Bool, _ reader: any Reader
    ) -> [SQLFragment] {
        var fragments = [SQLFragment("m.space = ?", [.text(query.space)])]
        if isByType {
            fragments.append(SQLFragment("m.type = ?", [.text(types?.first ?? "")]))
        } else if let types {
            let list = SQLFragment.list(types)
            fragments.append(
                SQLFragment(
                    "m.number IN (SELECT number FROM entity_types WHERE space = ? AND type IN (\(list.sql)))",
                    [.text(query.space)] + list.arguments))
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

extension EntityQuery {
    /// Types of which every match has at least one; nil: it may have any.
    fileprivate var coveringTypes: [String]? {
        if !types.isEmpty { return types.uniqued }
        if selectors.isEmpty { return nil }
        var all: [String] = []
        for selector in selectors {
            guard let types = selector.types?.covering else { return nil }
            all += types
        }
        return all.uniqued
    }

    /// Ids of which every match has one; nil: it may have any.
    var coveringIDs: [String]? {
        if !ids.isEmpty { return ids.uniqued }
        guard !selectors.isEmpty, selectors.allSatisfy({ !$0.ids.isEmpty && !$0.showsFreeNames }) else { return nil }
        return selectors.flatMap(\.ids).uniqued
    }
}

extension EntitySelector {
    fileprivate var isChoiceOfTypes: Bool {
        ids.isEmpty && idPattern == nil && typePattern == nil && types?.isChoice == true
    }
}

extension ScopeQuery {
    /// Selects the numbers of all that may match; nil if the index does not help.
    func selection(_ space: String) -> SQLFragment? {
        guard let prefix else { return nil }
        let head = "SELECT number FROM entity_scopes WHERE space = ? AND"
        if prefix.isWhole { return SQLFragment("\(head) scope = ?", [.text(space), .text(prefix.text)]) }
        // `0` follows `/`.
        return SQLFragment(
            "\(head) (scope = ? OR scope > ? AND scope < ?)",
            [.text(space), .text(prefix.text), .text(prefix.text + "/"), .text(prefix.text + "0")])
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

    /// Whether it takes columns that only `entities` has.
    fileprivate var needsTimes: Bool { if case .modifiedAt = self { true } else { false } }
}

extension [String] {
    /// Each once, in order.
    fileprivate var uniqued: [String] {
        var seen: Set<String> = []
        return filter { seen.insert($0).inserted }
    }
}
