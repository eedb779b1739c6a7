/// A scope query (ETSI GS CIM 009 clause 4.19): `;` is and, `,` and `|` are or, parentheses group. In a scope `+` is any
/// one level and `#` at the end is the scope before it and all below.
public indirect enum ScopeQuery: Sendable, Hashable {
    case levels([Level])
    case all([ScopeQuery])
    case any([ScopeQuery])
    /// Entities without a scope.
    case unscoped

    public enum Level: Sendable, Hashable {
        case named(String)
        case anyOne
        /// Only the last: none or more levels.
        case rest
    }

    public init(parsing text: String) throws(QuerySyntaxError) {
        var scanner = SelectionScanner(text)
        self = try scanner.whole { scanner throws(QuerySyntaxError) in
            let start = scanner.position
            let word = try scanner.word("a scope such as /Kumamoto/#")
            guard let levels = Self.levels(word) else {
                throw QuerySyntaxError(
                    position: start, sentence: "Write scopes like /Kumamoto/Parks, /Kumamoto/+/Trees or /Kumamoto/#")
            }
            return .levels(levels)
        }
    }

    private static func levels(_ text: String) -> [Level]? {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count > 1, parts[0].isEmpty else { return nil }
        var levels: [Level] = []
        for part in parts.dropFirst() {
            switch part {
            case "+": levels.append(.anyOne)
            case "#" where levels.count == parts.count - 2: levels.append(.rest)
            case _ where part.isEmpty || part.contains("#") || part.contains("+"): return nil
            default: levels.append(.named(String(part)))
            }
        }
        return levels
    }

    public func matches(_ scopes: [String]) -> Bool {
        switch self {
        case .levels(let levels): scopes.contains { Self.matches($0, levels) }
        case .all(let parts): parts.allSatisfy { $0.matches(scopes) }
        case .any(let parts): parts.contains { $0.matches(scopes) }
        case .unscoped: scopes.isEmpty
        }
    }

    private static func matches(_ scope: String, _ levels: [Level]) -> Bool {
        let parts = scope.split(separator: "/")
        for (index, level) in levels.enumerated() {
            if level == .rest { return true }
            guard index < parts.count else { return false }
            if case .named(let name) = level, parts[index] != name { return false }
        }
        return parts.count == levels.count
    }

    /// What every scope that matches begins with; nil where nothing is known.
    var prefix: (text: String, isWhole: Bool)? {
        guard case .levels(let levels) = self else { return nil }
        var text = ""
        for level in levels {
            guard case .named(let name) = level else { return text.isEmpty ? nil : (text, false) }
            text += "/" + name
        }
        return (text, true)
    }
}

extension ScopeQuery: SelectionExpression {}
