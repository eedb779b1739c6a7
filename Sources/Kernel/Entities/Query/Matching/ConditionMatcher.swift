import JSON
import Storage

/// Decides a condition on one entity's document: what holds where no index answers, and the reference for those that do.
///
/// Numbers compare as IEEE doubles; texts by their Unicode scalars, or by instant where both sides are DateTimes. Values
/// of different kinds are never equal and never ordered. An array matches if one of its elements does, and `!=` holds if
/// the attribute exists and `==` does not (clause 4.9).
struct ConditionMatcher: Sendable {
    private let condition: QueryCondition
    private let patterns: [String: Pattern]

    /// Refuses with `badRequest` if a pattern cannot be used.
    init(_ condition: QueryCondition) throws(Refusal) {
        self.condition = condition
        var patterns: [String: Pattern] = [:]
        for text in Self.patternTexts(condition) {
            do {
                patterns[text] = try Pattern(text)
            } catch {
                throw Refusal(.badRequest, "The pattern cannot be used: \(error.sentence).")
            }
        }
        self.patterns = patterns
    }

    private static func patternTexts(_ condition: QueryCondition) -> [String] {
        switch condition {
        case .and(let parts), .or(let parts): parts.flatMap(patternTexts)
        case .compare(_, .matches, .value(.string(let text))), .compare(_, .notMatches, .value(.string(let text))):
            [text]
        default: []
        }
    }

    func matches(_ entity: StoredEntity, _ tape: JSONTape, _ datasets: DatasetFilter = DatasetFilter()) -> Bool {
        matches(condition, AttributeTargets(entity: entity, tape: tape, datasets: datasets))
    }

    private func matches(_ condition: QueryCondition, _ targets: AttributeTargets) -> Bool {
        switch condition {
        case .and(let parts): parts.allSatisfy { matches($0, targets) }
        case .or(let parts): parts.contains { matches($0, targets) }
        case .exists(let path): !targets.find(path).isEmpty
        case .missing(let path): targets.find(path).isEmpty
        case .compare(let path, let comparison, let operand): compare(targets.find(path), comparison, operand)
        }
    }

    private func compare(_ targets: [JSON], _ comparison: QueryOperator, _ operand: QueryOperand) -> Bool {
        let values = targets.flatMap { $0.arrayValue ?? [$0] }
        switch comparison {
        case .equal: return values.contains { equals($0, operand) }
        case .unequal: return !targets.isEmpty && !values.contains { equals($0, operand) }
        case .matches: return values.contains { matchesPattern($0, operand) }
        case .notMatches: return !targets.isEmpty && !values.contains { matchesPattern($0, operand) }
        case .greater: return values.contains { order($0, operand) == 1 }
        case .less: return values.contains { order($0, operand) == -1 }
        case .greaterOrEqual: return values.contains { (order($0, operand) ?? -1) >= 0 }
        case .lessOrEqual: return values.contains { (order($0, operand) ?? 1) <= 0 }
        }
    }

    private func order(_ value: JSON, _ operand: QueryOperand) -> Int? {
        guard case .value(let wanted) = operand else { return nil }
        return ValueOrder.compare(value, to: wanted)
    }

    private func equals(_ value: JSON, _ operand: QueryOperand) -> Bool {
        switch operand {
        case .value(.bool(let wanted)): value.boolValue == wanted
        case .value(let wanted): ValueOrder.compare(value, to: wanted) == 0
        case .list(let operands): operands.contains { equals(value, $0) }
        case .range(let low, let high):
            (ValueOrder.compare(value, to: low) ?? -1) >= 0 && (ValueOrder.compare(value, to: high) ?? 1) <= 0
        }
    }

    private func matchesPattern(_ value: JSON, _ operand: QueryOperand) -> Bool {
        guard case .value(.string(let text)) = operand, let pattern = patterns[text], let value = value.stringValue
        else {
            return false
        }
        return pattern.matches(value)
    }
}

/// The order of a value and an operand of one kind.
enum ValueOrder {
    /// -1, 0 or 1; nil if they are not of one kind. The operand decides what is compared: a time finds times only, by
    /// instant; another text finds all texts.
    static func compare(_ value: JSON, to operand: JSON) -> Int? {
        switch (value, operand) {
        case (.string(let value), .string(let operand)):
            guard let instant = DateTime.instant(operand) else { return texts(value, operand) }
            return DateTime.instant(value).map { sign($0, instant) }
        default:
            guard let value = value.doubleValue, let operand = operand.doubleValue else { return nil }
            return sign(value, operand)
        }
    }

    /// By Unicode scalars, which is the order of their UTF-8 bytes.
    private static func texts(_ left: String, _ right: String) -> Int {
        if left.utf8.elementsEqual(right.utf8) { return 0 }
        return left.utf8.lexicographicallyPrecedes(right.utf8) ? -1 : 1
    }

    private static func sign<T: Comparable>(_ left: T, _ right: T) -> Int { left < right ? -1 : left == right ? 0 : 1 }
}
