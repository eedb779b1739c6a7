/// What is put together from words by and, or and parentheses.
protocol SelectionExpression {
    static func all(_ parts: [Self]) -> Self
    static func any(_ parts: [Self]) -> Self
}

/// Reads type selections and scope queries: `;` and `&` are and, `,` and `|` are or, parentheses group.
struct SelectionScanner {
    private static let longest = 4_096
    private static let deepest = 20
    private static let mostWords = 200

    private let bytes: [UInt8]
    private(set) var position = 0
    private var depth = 0
    private var words = 0

    init(_ text: String) { bytes = Array(text.utf8) }

    typealias Reading<T> = (inout SelectionScanner) throws(QuerySyntaxError) -> T

    mutating func whole<T: SelectionExpression>(_ read: Reading<T>) throws(QuerySyntaxError) -> T {
        guard bytes.count <= Self.longest else {
            throw error("The expression is longer than \(Self.longest) bytes")
        }
        let expression = try alternatives(read)
        guard position == bytes.count else { throw error("The expression should end here") }
        return expression
    }

    private mutating func alternatives<T: SelectionExpression>(_ read: Reading<T>) throws(QuerySyntaxError) -> T {
        var parts = [try conjunction(read)]
        while skip(",") || skip("|") { parts.append(try conjunction(read)) }
        return parts.count == 1 ? parts[0] : .any(parts)
    }

    private mutating func conjunction<T: SelectionExpression>(_ read: Reading<T>) throws(QuerySyntaxError) -> T {
        var parts = [try term(read)]
        while skip(";") || skip("&") { parts.append(try term(read)) }
        return parts.count == 1 ? parts[0] : .all(parts)
    }

    private mutating func term<T: SelectionExpression>(_ read: Reading<T>) throws(QuerySyntaxError) -> T {
        guard skip("(") else { return try read(&self) }
        depth += 1
        guard depth <= Self.deepest else { throw error("Parentheses are nested deeper than \(Self.deepest)") }
        let expression = try alternatives(read)
        guard skip(")") else { throw error("Expected ) here") }
        depth -= 1
        return expression
    }

    /// All up to the next operator.
    mutating func word(_ wanted: String) throws(QuerySyntaxError) -> String {
        words += 1
        guard words <= Self.mostWords else { throw error("There are more than \(Self.mostWords) names") }
        let start = position
        while position < bytes.count, !Self.operators.contains(bytes[position]), bytes[position] > 0x20 {
            position += 1
        }
        guard position > start else { throw error("Expected \(wanted) here") }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    private static let operators = Array(",|;&()".utf8)

    private mutating func skip(_ character: Unicode.Scalar) -> Bool {
        guard position < bytes.count, bytes[position] == UInt8(ascii: character) else { return false }
        position += 1
        return true
    }

    private func error(_ sentence: String) -> QuerySyntaxError {
        QuerySyntaxError(position: position, sentence: sentence)
    }
}
