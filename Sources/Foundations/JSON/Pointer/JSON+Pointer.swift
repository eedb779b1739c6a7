extension JSON {
    /// The value at a pointer, or nil if there is none (RFC 6901 §4).
    public func value(at pointer: JSONPointer) -> JSON? {
        var value = self
        for token in pointer.tokens {
            switch value {
            case .object(let object):
                guard let member = object[token] else { return nil }
                value = member
            case .array(let elements):
                guard let index = JSON.index(token, in: elements) else { return nil }
                value = elements[index]
            default: return nil
            }
        }
        return value
    }

    /// Puts a value at a pointer: replaces what is there, adds a member to an object, or appends to an array where the
    /// last token is `-` or the array's length. The parent must exist; on an error nothing is changed.
    public mutating func set(_ value: JSON, at pointer: JSONPointer) throws(JSONPointerError) {
        self = try setting(value, at: pointer, depth: 0)
    }

    private func setting(_ value: JSON, at pointer: JSONPointer, depth: Int) throws(JSONPointerError) -> JSON {
        guard depth < pointer.tokens.count else { return value }
        let token = pointer.tokens[depth]
        let isLast = depth == pointer.tokens.count - 1
        switch self {
        case .object(var object):
            guard isLast || object.contains(token) else { break }
            let child = object[token] ?? .null
            object[token] = try child.setting(value, at: pointer, depth: depth + 1)
            return .object(object)
        case .array(var elements):
            if isLast, token == "-" || token == String(elements.count) { return .array(elements + [value]) }
            guard let index = JSON.index(token, in: elements) else { break }
            elements[index] = try elements[index].setting(value, at: pointer, depth: depth + 1)
            return .array(elements)
        default: break
        }
        throw .notFound(JSONPointer(tokens: Array(pointer.tokens[...depth])))
    }

    /// The index that a token names: digits without leading zeros, of an element that is there.
    private static func index(_ token: String, in elements: [JSON]) -> Int? {
        guard let index = Int(token), String(index) == token, elements.indices.contains(index) else { return nil }
        return index
    }
}
