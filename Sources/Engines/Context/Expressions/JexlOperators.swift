import Foundation
import JSON

/// What binary operators make of two values.
enum JexlOperators {
    static func apply(_ operation: JexlOperator, _ left: JSON, _ right: JSON) throws(JexlFailure) -> JSON {
        switch operation {
        case .equal: return .bool(left == right || order(left, right) == 0)
        case .less, .lessOrEqual, .greater, .greaterOrEqual: return .bool(try compare(operation, left, right))
        case .isIn: return .bool(try contains(right, left))
        case .plus where left.stringValue != nil || right.stringValue != nil:
            return .string(try text(left) + (try text(right)))
        default: return try arithmetic(operation, left, right)
        }
    }

    /// -1, 0 or 1 for two numbers or two texts; nil for others.
    static func order(_ left: JSON, _ right: JSON) -> Int? {
        if let left = left.stringValue, let right = right.stringValue {
            return left == right ? 0 : left.utf8.lexicographicallyPrecedes(right.utf8) ? -1 : 1
        }
        guard let left = left.doubleValue, let right = right.doubleValue else { return nil }
        return left < right ? -1 : left == right ? 0 : 1
    }

    private static func compare(_ operation: JexlOperator, _ left: JSON, _ right: JSON) throws(JexlFailure) -> Bool {
        guard let order = order(left, right) else { throw JexlFailure() }
        return switch operation {
        case .less: order < 0
        case .lessOrEqual: order <= 0
        case .greater: order > 0
        default: order >= 0
        }
    }

    private static func contains(_ container: JSON, _ value: JSON) throws(JexlFailure) -> Bool {
        if let elements = container.arrayValue { return elements.contains { $0 == value || order($0, value) == 0 } }
        guard let text = value.stringValue else { throw JexlFailure() }
        if let whole = container.stringValue { return whole.contains(text) }
        if let object = container.objectValue { return object.contains(text) }
        throw JexlFailure()
    }

    /// A text, or a number as text.
    private static func text(_ value: JSON) throws(JexlFailure) -> String {
        switch value {
        case .string(let text): return text
        case .int, .number: return value.description
        default: throw JexlFailure()
        }
    }

    /// Exact where decimals can be, so that 84.4 / 100 is 0.844; else by IEEE doubles.
    private static func arithmetic(_ operation: JexlOperator, _ left: JSON, _ right: JSON) throws(JexlFailure) -> JSON {
        if let exact = exact(operation, left, right) { return exact }
        guard let left = left.doubleValue, let right = right.doubleValue else { throw JexlFailure() }
        let result: Double? =
            switch operation {
            case .plus: left + right
            case .minus: left - right
            case .times: left * right
            case .divided: left / right
            case .floorDivided: (left / right).rounded(.down)
            case .remainder: left.truncatingRemainder(dividingBy: right)
            case .power: pow(left, right)
            default: nil
            }
        guard let number = result.flatMap({ JSON($0) }) else { throw JexlFailure() }
        return number
    }

    private static func exact(_ operation: JexlOperator, _ left: JSON, _ right: JSON) -> JSON? {
        guard let left = left.decimalValue, let right = right.decimalValue else { return nil }
        switch operation {
        case .plus: return short(left + right)
        case .minus: return short(left - right)
        case .times: return short(left * right)
        case .divided:
            guard !right.isZero else { return nil }
            let quotient = left / right
            return quotient * right == left ? short(quotient) : nil
        default: return nil
        }
    }

    /// Nil where more digits came out than a double shows.
    private static func short(_ value: Decimal) -> JSON? {
        guard let json = JSON(value), json.description.utf8.count <= 17 else { return nil }
        return json
    }
}
