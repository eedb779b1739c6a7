/// What stands between two slashes of a route's template.
enum TemplatePart: Sendable, Hashable {
    case literal([UInt8])
    /// One segment, not empty.
    case one(String)
    /// All that is left, with its slashes; not empty.
    case rest(String)

    var name: String? {
        switch self {
        case .literal: nil
        case .one(let name), .rest(let name): name
        }
    }

    var isRest: Bool { if case .rest = self { true } else { false } }

    static func parts(of template: String) throws(RouteTableError) -> [TemplatePart] {
        guard template.hasPrefix("/") else { throw .template(template) }
        guard template != "/" else { return [] }
        let texts = template.dropFirst().split(separator: "/", omittingEmptySubsequences: false)
        var parts: [TemplatePart] = []
        for (index, text) in texts.enumerated() {
            let part = try part(text, in: template)
            guard !part.isRest || index == texts.count - 1 else { throw .template(template) }
            parts.append(part)
        }
        return parts
    }

    private static func part(_ text: Substring, in template: String) throws(RouteTableError) -> TemplatePart {
        guard text.hasPrefix("{"), text.hasSuffix("}") else {
            guard !text.isEmpty, !text.contains(where: { "{}".contains($0) }) else { throw .template(template) }
            return .literal(Array(text.utf8))
        }
        let inner = text.dropFirst().dropLast()
        let isRest = inner.hasSuffix("...")
        let name = String(isRest ? inner.dropLast(3) : inner)
        guard !name.isEmpty, name.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "_" || $0 == "-" }) else {
            throw .template(template)
        }
        return isRest ? .rest(name) : .one(name)
    }
}
