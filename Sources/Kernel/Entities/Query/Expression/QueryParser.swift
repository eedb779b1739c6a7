import JSON

extension QueryCondition {
    /// Reads a `q` expression (ETSI GS CIM 009 clause 4.9): `;` is and, `|` is or, `;` binds tighter, parentheses group;
    /// a term is a path alone (it exists), `!` and a path (it is missing), or path, operator, and value, list or range.
    ///
    /// - Parameter mapName: makes of the name of an attribute or sub-attribute as written the name as stored. Trailing
    ///   paths in brackets are parts of values and stay.
    public init(parsing text: String, mapName: (String) -> String = { $0 }) throws(QuerySyntaxError) {
        var parser = QueryParser(text)
        self = try parser.whole().mappingNames(mapName)
    }

    private func mappingNames(_ mapName: (String) -> String) -> QueryCondition {
        switch self {
        case .and(let parts): .and(parts.map { $0.mappingNames(mapName) })
        case .or(let parts): .or(parts.map { $0.mappingNames(mapName) })
        case .exists(let path): .exists(path.mappingNames(mapName))
        case .missing(let path): .missing(path.mappingNames(mapName))
        case .compare(let path, let comparison, let operand):
            .compare(path.mappingNames(mapName), comparison, operand)
        }
    }

    /// All paths in it, in order.
    public var paths: [QueryPath] {
        switch self {
        case .and(let parts), .or(let parts): parts.flatMap(\.paths)
        case .exists(let path), .missing(let path), .compare(let path, _, _): [path]
        }
    }
}

extension QueryPath {
    fileprivate func mappingNames(_ mapName: (String) -> String) -> QueryPath {
        QueryPath(attribute: mapName(attribute), subattributes: subattributes.map(mapName), trailing: trailing)
    }
}

struct QueryParser {
    static let longest = 4_096
    static let deepest = 20
    static let mostTerms = 200

    var scanner: QueryScanner
    private var depth = 0
    private var terms = 0

    init(_ text: String) { scanner = QueryScanner(text) }

    mutating func whole() throws(QuerySyntaxError) -> QueryCondition {
        guard scanner.bytes.count <= Self.longest else {
            throw scanner.error("The expression is longer than \(Self.longest) bytes")
        }
        let condition = try alternatives()
        guard scanner.isAtEnd else { throw scanner.error("Expected ; or | or the end here") }
        return condition
    }

    private mutating func alternatives() throws(QuerySyntaxError) -> QueryCondition {
        var parts = [try conjunction()]
        while scanner.skip("|") { parts.append(try conjunction()) }
        return parts.count == 1 ? parts[0] : .or(parts)
    }

    private mutating func conjunction() throws(QuerySyntaxError) -> QueryCondition {
        var parts = [try term()]
        while scanner.skip(";") { parts.append(try term()) }
        return parts.count == 1 ? parts[0] : .and(parts)
    }

    private mutating func term() throws(QuerySyntaxError) -> QueryCondition {
        terms += 1
        guard terms <= Self.mostTerms else { throw scanner.error("There are more than \(Self.mostTerms) terms") }
        if scanner.skip("(") { return try group() }
        if scanner.peek("!"), !scanner.peek("!="), !scanner.peek("!~=") {
            _ = scanner.skip("!")
            return .missing(try path())
        }
        let path = try path()
        guard let comparison = scanner.comparison() else { return .exists(path) }
        return .compare(path, comparison, try operand(for: comparison))
    }

    private mutating func group() throws(QuerySyntaxError) -> QueryCondition {
        depth += 1
        guard depth <= Self.deepest else { throw scanner.error("Parentheses are nested deeper than \(Self.deepest)") }
        let condition = try alternatives()
        guard scanner.skip(")") else { throw scanner.error("Expected ) here") }
        depth -= 1
        return condition
    }

    private mutating func path() throws(QuerySyntaxError) -> QueryPath {
        var names = [try scanner.name()]
        while scanner.skip(".") { names.append(try scanner.name()) }
        var trailing: [String] = []
        while scanner.skip("[") {
            trailing.append(try scanner.name())
            while scanner.skip(".") { trailing.append(try scanner.name()) }
            guard scanner.skip("]") else { throw scanner.error("Expected ] here") }
        }
        return QueryPath(attribute: names[0], subattributes: Array(names.dropFirst()), trailing: trailing)
    }

    private mutating func operand(for comparison: QueryOperator) throws(QuerySyntaxError) -> QueryOperand {
        if comparison == .matches || comparison == .notMatches { return .value(try pattern()) }
        var parts: [QueryOperand] = []
        repeat {
            let low = try scanner.value()
            guard scanner.skip("..") else {
                parts.append(.value(low))
                continue
            }
            let high = try scanner.value()
            guard low.type == high.type, low.type == .number || low.type == .string else {
                throw scanner.error("Both ends of a range are numbers, or both are texts or times")
            }
            parts.append(.range(low, high))
        } while scanner.skip(",")
        if parts.count == 1, case .value = parts[0] { return parts[0] }
        guard comparison == .equal || comparison == .unequal else {
            throw scanner.error("Lists and ranges go with == and != only")
        }
        return parts.count == 1 ? parts[0] : .list(parts)
    }

    private mutating func pattern() throws(QuerySyntaxError) -> JSON {
        let start = scanner.position
        let text = try scanner.patternText()
        do {
            _ = try Pattern(text)
        } catch {
            throw QuerySyntaxError(position: start, sentence: "The pattern cannot be used: \(error.sentence)")
        }
        return .string(text)
    }
}
