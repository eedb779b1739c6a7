import JSON
import Storage

/// The part of a condition that the value indexes answer: a set of numbers that holds every match, and whether it holds
/// nothing else.
struct ConditionPlan {
    var fragment: SQLFragment
    var isExact: Bool
}

struct ConditionPlanner {
    let space: String
    let types: [String]
    /// The SQL column of an entity's number.
    let number: String

    /// Nil if no index helps.
    func plan(_ condition: QueryCondition) -> ConditionPlan? {
        switch condition {
        case .and(let parts): conjunction(parts)
        case .or(let parts): alternatives(parts)
        case .compare(let path, let comparison, let operand):
            comparison.isIndexed ? plan(path, comparison, operand) : nil
        case .exists, .missing: nil
        }
    }

    private func conjunction(_ parts: [QueryCondition]) -> ConditionPlan? {
        let plans = parts.map(plan)
        let known = plans.compactMap(\.self)
        if known.isEmpty { return nil }
        return ConditionPlan(
            fragment: .all(known.map(\.fragment)), isExact: known.count == parts.count && known.allSatisfy(\.isExact))
    }

    private func alternatives(_ parts: [QueryCondition]) -> ConditionPlan? {
        var plans: [ConditionPlan] = []
        for part in parts {
            guard let plan = plan(part) else { return nil }
            plans.append(plan)
        }
        return ConditionPlan(fragment: .any(plans.map(\.fragment)), isExact: plans.allSatisfy(\.isExact))
    }

    /// For each part that must hold and that an index answers: what selects the numbers of all that it holds for.
    func seeds(_ condition: QueryCondition) -> [SQLFragment] {
        switch condition {
        case .and(let parts): return parts.flatMap(seeds)
        case .compare(let path, let comparison, let operand) where comparison.isIndexed:
            guard path.isIndexed, let ranges = Self.ranges(comparison, operand), ranges.count <= 10 else { return [] }
            let selects = ranges.map { select(path.attribute, $0) }
            return [
                SQLFragment(
                    selects.map(\.sql).joined(separator: " UNION ALL "), selects.flatMap(\.arguments))
            ]
        default: return []
        }
    }

    private func plan(_ path: QueryPath, _ comparison: QueryOperator, _ operand: QueryOperand) -> ConditionPlan? {
        guard path.isIndexed, let ranges = Self.ranges(comparison, operand) else { return nil }
        return ConditionPlan(fragment: .any(ranges.map { numbers(path.attribute, $0) }), isExact: true)
    }

    private func numbers(_ attribute: String, _ range: IndexRange) -> SQLFragment {
        let numbers = select(attribute, range)
        return SQLFragment("\(number) IN (\(numbers.sql))", numbers.arguments)
    }

    private func select(_ attribute: String, _ range: IndexRange) -> SQLFragment {
        let isOne = types.count == 1
        let marks = Array(repeating: "?", count: types.count).joined(separator: ", ")
        return SQLFragment(
            """
            SELECT number FROM \(range.table) WHERE space = ? AND type \(isOne ? "= ?" : "IN (\(marks))") \
            AND attribute = ? AND \(range.condition)
            """,
            [.text(space)] + types.map { .text($0) } + [.text(attribute)] + range.arguments)
    }

    /// A part of one value index.
    private struct IndexRange {
        var table: String
        var condition: String
        var arguments: [SQLValue]
    }

    private static func ranges(_ comparison: QueryOperator, _ operand: QueryOperand) -> [IndexRange]? {
        switch operand {
        case .value(let value):
            guard let indexed = indexed(value) else { return nil }
            let sign = comparison == .equal ? "=" : comparison.rawValue
            return [IndexRange(table: indexed.table, condition: "value \(sign) ?", arguments: [indexed.sql])]
        case .range(let low, let high):
            guard let low = indexed(low), let high = indexed(high), low.table == high.table else { return nil }
            return [
                IndexRange(table: low.table, condition: "value >= ? AND value <= ?", arguments: [low.sql, high.sql])
            ]
        case .list(let operands):
            var all: [IndexRange] = []
            for operand in operands {
                guard let ranges = ranges(.equal, operand) else { return nil }
                all += ranges
            }
            return all
        }
    }

    /// Nil for truths, which are not indexed, and for texts too long to be compared with what is indexed.
    private static func indexed(_ value: JSON) -> IndexedValue? {
        switch value {
        case .int, .number: value.doubleValue.map { IndexedValue(attribute: "", value: .number($0)) }
        case .string(let text):
            if let instant = DateTime.instant(text) {
                IndexedValue(attribute: "", value: .instant(instant))
            } else if text.utf8.count < IndexedValue.longestText, !text.utf8.contains(0) {
                IndexedValue(attribute: "", value: .text(text))
            } else {
                nil
            }
        default: nil
        }
    }
}

extension QueryPath {
    fileprivate var isIndexed: Bool {
        subattributes.isEmpty && trailing.isEmpty && !["createdAt", "modifiedAt", "expiresAt"].contains(attribute)
    }
}

extension QueryOperator {
    fileprivate var isIndexed: Bool {
        switch self {
        case .equal, .greater, .greaterOrEqual, .less, .lessOrEqual: true
        case .unequal, .matches, .notMatches: false
        }
    }
}
