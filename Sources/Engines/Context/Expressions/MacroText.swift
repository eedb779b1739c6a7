import JSON

/// A text with `${expression}` macros, as custom notifications have them.
package struct MacroText: Sendable, Hashable {
    package enum Part: Sendable, Hashable {
        case text(String)
        /// What stands between `${` and its `}`; nil if it is no expression, which gives null.
        case macro(String, JexlExpression?)
    }

    package let parts: [Part]

    /// Braces inside an expression are counted, so that `${{a: 1}}` is one macro. A `${` that is never closed is text.
    package init(_ text: String) {
        var parts: [Part] = []
        var rest = Substring(text)
        while let start = rest.firstRange(of: "${") {
            guard let end = Self.end(of: rest[start.upperBound...]) else { break }
            if start.lowerBound > rest.startIndex { parts.append(.text(String(rest[..<start.lowerBound]))) }
            let source = String(rest[start.upperBound..<end])
            parts.append(.macro(source, try? JexlExpression(parsing: source)))
            rest = rest[rest.index(after: end)...]
        }
        if !rest.isEmpty { parts.append(.text(String(rest))) }
        self.parts = parts
    }

    package var hasMacros: Bool { parts.contains { if case .macro = $0 { true } else { false } } }

    private static func end(of text: Substring) -> Substring.Index? {
        var depth = 0
        var quote: Character?
        for index in text.indices {
            let character = text[index]
            if let open = quote {
                if character == open { quote = nil }
            } else if character == "'" || character == "\"" {
                quote = character
            } else if character == "{" {
                depth += 1
            } else if character == "}" {
                if depth == 0 { return index }
                depth -= 1
            }
        }
        return nil
    }

    /// The text with each macro's value; objects and arrays as JSON.
    package func text(in scope: JexlScope) -> String {
        parts.map { part in
            switch part {
            case .text(let text): return text
            case .macro(_, let expression):
                let value = expression?.value(in: scope) ?? .null
                return value.stringValue ?? value.description
            }
        }.joined()
    }

    /// The value with its JSON type where one macro is the whole text; else the text.
    package func value(in scope: JexlScope) -> JSON {
        if parts.count == 1, case .macro(_, let expression) = parts[0] { return expression?.value(in: scope) ?? .null }
        return .string(text(in: scope))
    }
}

extension JSON {
    /// The value with the macros of all its texts replaced; names of members stay.
    package func replacingMacros(in scope: JexlScope) -> JSON {
        switch self {
        case .string(let text): MacroText(text).value(in: scope)
        case .array(let elements): .array(elements.map { $0.replacingMacros(in: scope) })
        case .object(let object):
            .object(
                JSONObject(uniqueMembers: object.members.map { .init($0.name, $0.value.replacingMacros(in: scope)) }))
        default: self
        }
    }
}
