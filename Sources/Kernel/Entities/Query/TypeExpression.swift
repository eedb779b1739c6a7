/// A type selection (ETSI GS CIM 009 clause 4.17): `A,B` or `A|B`, `A;B` or `A&B` (both), parentheses; `*` is any type.
public indirect enum TypeExpression: Sendable, Hashable {
    case type(String)
    case all([TypeExpression])
    case any([TypeExpression])
    case anything

    /// - Parameter mapName: makes of a name as written the name as stored.
    public init(parsing text: String, mapName: (String) -> String = { $0 }) throws(QuerySyntaxError) {
        var scanner = SelectionScanner(text)
        self = try scanner.whole { scanner throws(QuerySyntaxError) in
            let name = try scanner.word("a type")
            return name == "*" ? .anything : .type(mapName(name))
        }
    }

    /// Any of these types.
    public init(anyOf names: [String]) {
        self = names.count == 1 ? .type(names[0]) : .any(names.map { .type($0) })
    }

    public func matches(_ types: [String]) -> Bool {
        switch self {
        case .type(let name): types.contains(name)
        case .all(let parts): parts.allSatisfy { $0.matches(types) }
        case .any(let parts): parts.contains { $0.matches(types) }
        case .anything: true
        }
    }

    /// All names in it.
    public var names: [String] {
        switch self {
        case .type(let name): [name]
        case .all(let parts), .any(let parts): parts.flatMap(\.names)
        case .anything: []
        }
    }

    /// Types of which every match has at least one; nil: it may have any.
    public var covering: [String]? {
        switch self {
        case .type(let name): [name]
        case .all(let parts): parts.compactMap(\.covering).min { $0.count < $1.count }
        case .any(let parts):
            parts.reduce(into: Optional([String]())) { found, part in
                found = part.covering.flatMap { names in found.map { $0 + names } }
            }
        case .anything: nil
        }
    }

    /// Whether it is nothing but a choice of types, so that `covering` says all of it.
    var isChoice: Bool {
        switch self {
        case .type: true
        case .any(let parts): parts.allSatisfy(\.isChoice)
        case .all, .anything: false
        }
    }
}

extension TypeExpression: SelectionExpression {}
