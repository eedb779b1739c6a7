import JSON
import Storage

/// Evaluation ends with null.
struct JexlFailure: Error, Sendable {}

/// Walks an expression. Every step and every character made is paid for from a budget, so that no expression can hold
/// a delivery up.
struct JexlEvaluator {
    static let budget = 200_000

    let scope: JexlScope
    var remaining = JexlEvaluator.budget
    private var element: JSON?

    init(_ scope: JexlScope) { self.scope = scope }

    mutating func spend(_ amount: Int) throws(JexlFailure) {
        remaining -= amount
        guard remaining >= 0 else { throw JexlFailure() }
    }

    /// The value of a node. A name that the scope lacks is a failure; `||`, `&&` and `!=` look away from it.
    mutating func value(_ node: JexlNode) throws(JexlFailure) -> JSON {
        try spend(1)
        switch node {
        case .literal(let value): return value
        case .name(let name): return try known(scope.values[name])
        case .relative(let name): return element?[name] ?? .null
        case .member(let owner, let name): return try value(owner)[name] ?? .null
        case .index(let owner, let index): return Self.element(of: try value(owner), at: try value(index))
        case .filter(let owner, let condition): return try filtered(try value(owner), condition)
        case .binary(let operation, let left, let right): return try binary(operation, left, right)
        case .choice(let condition, let first, let second):
            return try value(try value(condition).isTruthy ? first : second)
        case .array(let nodes): return .array(try values(nodes))
        case .object(let members): return try object(members)
        case .transform(let node, let name, let arguments):
            let input = try value(node)
            return try transform(input, name, try values(arguments))
        }
    }

    private func known(_ value: JSON?) throws(JexlFailure) -> JSON {
        guard let value else { throw JexlFailure() }
        return value
    }

    private mutating func values(_ nodes: [JexlNode]) throws(JexlFailure) -> [JSON] {
        var values: [JSON] = []
        for node in nodes { values.append(try value(node)) }
        return values
    }

    private mutating func object(_ members: [JexlMember]) throws(JexlFailure) -> JSON {
        var made: [JSONObject.Member] = []
        for member in members { made.append(.init(member.name, try value(member.value))) }
        return .object(JSONObject(made))
    }

    private mutating func filtered(_ list: JSON, _ condition: JexlNode) throws(JexlFailure) -> JSON {
        guard let elements = list.arrayValue else { return .array([]) }
        let outer = element
        defer { element = outer }
        var kept: [JSON] = []
        for candidate in elements {
            element = candidate
            if try value(condition).isTruthy { kept.append(candidate) }
        }
        return .array(kept)
    }

    private static func element(of owner: JSON, at index: JSON) -> JSON {
        if let name = index.stringValue { return owner[name] ?? .null }
        guard let index = index.intValue, index >= 0 else { return .null }
        return owner[index] ?? .null
    }

    private mutating func binary(
        _ operation: JexlOperator, _ left: JexlNode, _ right: JexlNode
    ) throws(JexlFailure) -> JSON {
        switch operation {
        case .or:
            let first = try optional(left)
            return first.isTruthy ? first : try value(right)
        case .and:
            let first = try optional(left)
            return first.isTruthy ? try value(right) : first
        case .unequal:
            let sides = (try optional(left), try optional(right))
            return .bool(sides.0 != sides.1 && JexlOperators.order(sides.0, sides.1) != 0)
        default:
            let (first, second) = (try value(left), try value(right))
            let result = try JexlOperators.apply(operation, first, second)
            if let text = result.stringValue { try spend(text.utf8.count) }
            return result
        }
    }

    /// The value, and null for a name that the scope lacks.
    private mutating func optional(_ node: JexlNode) throws(JexlFailure) -> JSON {
        if case .name(let name) = node, scope.values[name] == nil { return .null }
        return try value(node)
    }
}

extension JSON {
    /// Null, false, 0 and the empty text are not; all else is.
    var isTruthy: Bool {
        switch self {
        case .null: false
        case .bool(let value): value
        case .string(let text): !text.isEmpty
        case .int, .number: doubleValue != 0
        case .array, .object: true
        }
    }
}
