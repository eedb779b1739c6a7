import JSON

/// A parsed expression. The parser bounds how many nodes there are, so that walking them cannot exhaust the stack.
indirect enum JexlNode: Sendable, Hashable {
    case literal(JSON)
    /// A name of the scope.
    case name(String)
    /// `.x` inside the brackets of a filter: a member of the element that is looked at.
    case relative(String)
    case member(JexlNode, String)
    case index(JexlNode, JexlNode)
    /// `list[.x > 1]`: the elements for which the condition holds.
    case filter(JexlNode, JexlNode)
    case binary(JexlOperator, JexlNode, JexlNode)
    case choice(JexlNode, JexlNode, JexlNode)
    case array([JexlNode])
    case object([JexlMember])
    case transform(JexlNode, String, [JexlNode])
}

struct JexlMember: Sendable, Hashable {
    var name: String
    var value: JexlNode
}

/// The binary operators; raw values are how they are written.
enum JexlOperator: String, Sendable, Hashable, CaseIterable {
    case or = "||"
    case and = "&&"
    case equal = "=="
    case unequal = "!="
    case lessOrEqual = "<="
    case greaterOrEqual = ">="
    case less = "<"
    case greater = ">"
    case isIn = "in"
    case plus = "+"
    case minus = "-"
    case times = "*"
    case floorDivided = "//"
    case divided = "/"
    case remainder = "%"
    case power = "^"

    /// How tight it binds: more is tighter.
    var precedence: Int {
        switch self {
        case .or, .and: 10
        case .equal, .unequal, .less, .greater, .lessOrEqual, .greaterOrEqual, .isIn: 20
        case .plus, .minus: 30
        case .times, .divided, .floorDivided, .remainder: 40
        case .power: 50
        }
    }
}

/// Why a text is no expression, and where.
package struct JexlSyntaxError: Error, Sendable, Hashable, CustomStringConvertible {
    /// Offset in bytes of UTF-8.
    package var position: Int
    package var sentence: String

    package var description: String { "at byte \(position): \(sentence)" }
}
