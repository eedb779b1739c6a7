import JSON

/// A parsed NGSI-LD `q` expression (ETSI GS CIM 009 clause 4.9).
public indirect enum QueryCondition: Sendable, Hashable {
    case and([QueryCondition])
    case or([QueryCondition])
    /// The attribute (by its path, `address[city]` or `speed.unitCode`) exists.
    case exists(QueryPath)
    case missing(QueryPath)
    case compare(QueryPath, QueryOperator, QueryOperand)
}

/// An attribute, then sub-attributes (`.`), then a trailing path into the value (`[…]`).
public struct QueryPath: Sendable, Hashable {
    public var attribute: String
    public var subattributes: [String]
    public var trailing: [String]

    public init(attribute: String, subattributes: [String] = [], trailing: [String] = []) {
        self.attribute = attribute
        self.subattributes = subattributes
        self.trailing = trailing
    }
}

public enum QueryOperator: String, Sendable, Hashable {
    case equal = "=="
    case unequal = "!="
    case greater = ">"
    case greaterOrEqual = ">="
    case less = "<"
    case lessOrEqual = "<="
    case matches = "~="
    case notMatches = "!~="
}

public enum QueryOperand: Sendable, Hashable {
    case value(JSON)
    /// Any of these values or ranges.
    case list([QueryOperand])
    case range(JSON, JSON)
}
