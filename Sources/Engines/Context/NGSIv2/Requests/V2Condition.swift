import Entities
import JSON
import Storage

/// The Simple Query Language of NGSIv2 (`q` and `mq`) as a condition of the store.
package struct V2Condition {
    private let isMetadata: Bool

    private init(isMetadata: Bool) { self.isMetadata = isMetadata }

    /// `temperature>20;brand.name==x`.
    package static func q(_ text: String) throws(Refusal) -> QueryCondition {
        try V2Condition(isMetadata: false).condition(text)
    }

    /// `temperature.accuracy<0.9`.
    package static func mq(_ text: String) throws(Refusal) -> QueryCondition {
        try V2Condition(isMetadata: true).condition(text)
    }

    private static let operators: [(text: String, value: QueryOperator)] = [
        ("==", .equal), ("!=", .unequal), ("~=", .matches), (">=", .greaterOrEqual), ("<=", .lessOrEqual),
        (">", .greater), ("<", .less), (":", .equal),
    ]

    private func condition(_ text: String) throws(Refusal) -> QueryCondition {
        guard text.utf8.count <= 4_096 else { throw .badV2("invalid query expression: too long") }
        var parts: [QueryCondition] = []
        for statement in text.splitOutsideQuotes(";") {
            let trimmed = statement.trimmed
            guard !trimmed.isEmpty else { throw .badV2("invalid query expression: empty statement") }
            parts.append(try self.statement(trimmed))
        }
        guard parts.count <= 200 else { throw .badV2("invalid query expression: too many statements") }
        return parts.count == 1 ? parts[0] : .and(parts)
    }

    private func statement(_ text: Substring) throws(Refusal) -> QueryCondition {
        if text.first == "!" { return .missing(try path(text.dropFirst())) }
        guard let (place, found) = Self.firstOperator(in: text) else { return .exists(try path(text)) }
        let path = try path(text[..<place].trimmed)
        let value = text[text.index(place, offsetBy: found.text.count)...].trimmed
        return .compare(path, found.value, try operand(value, found.value))
    }

    private static func firstOperator(in text: Substring) -> (Substring.Index, (text: String, value: QueryOperator))? {
        var isQuoted = false
        for index in text.indices {
            if text[index] == "'" { isQuoted.toggle() }
            guard !isQuoted else { continue }
            if let found = operators.first(where: { text[index...].hasPrefix($0.text) }) { return (index, found) }
        }
        return nil
    }

    private func path(_ text: Substring) throws(Refusal) -> QueryPath {
        let tokens = text.splitOutsideQuotes(".").map { String($0.unquoted) }
        guard let first = tokens.first, !tokens.contains("") else {
            throw .badV2("invalid query expression: empty path")
        }
        if isMetadata {
            guard tokens.count > 1 else { throw .badV2("invalid query expression: no metadata in mq path") }
            return QueryPath(
                attribute: V2Names.storedAttribute(first), subattributes: [Self.metadata(tokens[1])],
                trailing: Array(tokens.dropFirst(2)))
        }
        return QueryPath(attribute: Self.attribute(first), trailing: Array(tokens.dropFirst()))
    }

    private static func attribute(_ name: String) -> String {
        switch name {
        case "dateCreated": "createdAt"
        case "dateModified": "modifiedAt"
        case "dateExpires": "expiresAt"
        default: V2Names.storedAttribute(name)
        }
    }

    private static func metadata(_ name: String) -> String {
        switch name {
        case "dateCreated": "createdAt"
        case "dateModified": "modifiedAt"
        case "unitCode", "observedAt", "datasetId": name
        default: V2Names.storedMetadata(name)
        }
    }

    private func operand(_ text: Substring, _ comparison: QueryOperator) throws(Refusal) -> QueryOperand {
        guard !text.isEmpty else { throw .badV2("invalid query expression: no value") }
        if comparison == .matches {
            guard (try? Pattern(String(text.unquoted))) != nil else { throw .badV2("invalid regular expression in q") }
            return .value(.string(String(text.unquoted)))
        }
        let items = text.splitOutsideQuotes(",")
        if items.count == 1, let range = Self.range(items[0]) {
            guard comparison == .equal || comparison == .unequal else {
                throw .badV2("ranges only valid for equal and not equal ops")
            }
            return range
        }
        guard items.count > 1 else { return .value(Self.value(items[0])) }
        guard comparison == .equal || comparison == .unequal else {
            throw .badV2("lists only valid for equal and not equal ops")
        }
        return .list(items.map { .value(Self.value($0.trimmed)) })
    }

    private static func range(_ text: Substring) -> QueryOperand? {
        guard text.first != "'", let dots = text.firstRange(of: "..") else { return nil }
        return .range(value(text[..<dots.lowerBound]), value(text[dots.upperBound...]))
    }

    /// Quoted texts are texts; others are what they look like.
    static func value(_ text: Substring) -> JSON {
        if text.first == "'", text.last == "'", text.count > 1 { return .string(String(text.unquoted)) }
        switch text {
        case "true": return true
        case "false": return false
        case "null": return .null
        default: break
        }
        if let number = JSONNumber(String(text)) { return number.json }
        let text = String(text)
        return .string(V2DateTime.normalized(text) ?? text)
    }
}

extension StringProtocol {
    /// Parts between separators that stand outside single quotes.
    func splitOutsideQuotes(_ separator: Character) -> [Substring] {
        var parts: [Substring] = []
        var (start, isQuoted) = (startIndex, false)
        for index in indices {
            if self[index] == "'" { isQuoted.toggle() }
            guard self[index] == separator, !isQuoted else { continue }
            parts.append(Substring(self[start..<index]))
            start = self.index(after: index)
        }
        return parts + [Substring(self[start...])]
    }

    var trimmed: Substring {
        var text = Substring(self)
        while text.first == " " { text = text.dropFirst() }
        while text.last == " " { text = text.dropLast() }
        return text
    }

    var unquoted: Substring {
        let text = trimmed
        return text.count > 1 && text.first == "'" && text.last == "'" ? text.dropFirst().dropLast() : text
    }
}
