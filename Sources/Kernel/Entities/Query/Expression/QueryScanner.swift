import JSON

/// Cuts a `q` expression into names, operators and values.
struct QueryScanner {
    let bytes: [UInt8]
    private(set) var position = 0

    init(_ text: String) { bytes = Array(text.utf8) }

    var isAtEnd: Bool { position >= bytes.count }

    func error(_ sentence: String) -> QuerySyntaxError { QuerySyntaxError(position: position, sentence: sentence) }

    func peek(_ text: StaticString) -> Bool {
        text.withUTF8Buffer { wanted in
            position + wanted.count <= bytes.count && bytes[position..<position + wanted.count].elementsEqual(wanted)
        }
    }

    mutating func skip(_ text: StaticString) -> Bool {
        guard peek(text) else { return false }
        position += text.utf8CodeUnitCount
        return true
    }

    mutating func comparison() -> QueryOperator? {
        if skip("==") { return .equal }
        if skip("!=") { return .unequal }
        if skip("~=") { return .matches }
        if skip("!~=") { return .notMatches }
        if skip(">=") { return .greaterOrEqual }
        if skip("<=") { return .lessOrEqual }
        if skip(">") { return .greater }
        if skip("<") { return .less }
        return nil
    }

    /// A name ends before an operator, a bracket, a point or a blank. In an IRI with `://` points are part of the name.
    mutating func name() throws(QuerySyntaxError) -> String {
        let start = position
        var isIRI = false
        while position < bytes.count, !Self.endsName(bytes[position]) || isIRI && peek(".") {
            if peek("://") { isIRI = true }
            position += 1
        }
        guard position > start else {
            throw error(
                isAtEnd ? "Expected the name of an attribute after the end" : "Expected the name of an attribute here")
        }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    private static func endsName(_ byte: UInt8) -> Bool {
        switch byte {
        case 0...0x20, 0x7F: true
        case UInt8(ascii: "="), UInt8(ascii: "!"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "~"),
            UInt8(ascii: ";"), UInt8(ascii: "|"), UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "["),
            UInt8(ascii: "]"), UInt8(ascii: "."), UInt8(ascii: ","), UInt8(ascii: "\""):
            true
        default: false
        }
    }

    /// A number, `true`, `false`, a text in quotes, a date or time, or a URI.
    mutating func value() throws(QuerySyntaxError) -> JSON {
        if peek("\"") { return .string(try quoted()) }
        let start = position
        while position < bytes.count, !endsValue { position += 1 }
        let text = String(decoding: bytes[start..<position], as: UTF8.self)
        if let value = Self.plain(text) { return value }
        position = start
        throw error(text.isEmpty ? "Expected a value here" : "Put the text \(text.shortened) in double quotes")
    }

    private var endsValue: Bool {
        switch bytes[position] {
        case UInt8(ascii: ";"), UInt8(ascii: "|"), UInt8(ascii: ")"), UInt8(ascii: "("), UInt8(ascii: ","),
            UInt8(ascii: "\""):
            true
        default: peek("..")
        }
    }

    private static func plain(_ text: String) -> JSON? {
        switch text {
        case "": return nil
        case "true": return .bool(true)
        case "false": return .bool(false)
        default:
            if let number = JSONNumber(text) { return number.json }
            return isDateOrTime(text) || Names.isURI(text) ? .string(text) : nil
        }
    }

    private static func isDateOrTime(_ text: String) -> Bool {
        if DateTime.instant(text) != nil { return true }
        return DateTime.instant(text + "T00:00:00Z") != nil || DateTime.instant("2000-01-01T" + text) != nil
    }

    private mutating func quoted() throws(QuerySyntaxError) -> String {
        let start = position
        position += 1
        while position < bytes.count, bytes[position] != UInt8(ascii: "\"") {
            position += bytes[position] == UInt8(ascii: "\\") ? 2 : 1
        }
        guard position < bytes.count else {
            position = start
            throw error("The text that begins here has no closing quote")
        }
        position += 1
        guard let text = try? JSON(parsing: Array(bytes[start..<position])).stringValue else {
            position = start
            throw error("The text that begins here has an escape that JSON does not know")
        }
        return text
    }

    /// A pattern, in quotes (where only `\"` is an escape) or bare up to `;` or `|`, a closing parenthesis, or the end.
    mutating func patternText() throws(QuerySyntaxError) -> String {
        guard peek("\"") else { return try barePattern() }
        let start = position
        position += 1
        var content: [UInt8] = []
        while position < bytes.count, bytes[position] != UInt8(ascii: "\"") {
            if peek("\\\"") {
                position += 1
            } else if peek("\\"), position + 1 < bytes.count {
                content.append(bytes[position])
                position += 1
            }
            content.append(bytes[position])
            position += 1
        }
        guard skip("\"") else {
            position = start
            throw error("The pattern that begins here has no closing quote")
        }
        return String(decoding: content, as: UTF8.self)
    }

    private mutating func barePattern() throws(QuerySyntaxError) -> String {
        let start = position
        var open = 0
        while position < bytes.count {
            let byte = bytes[position]
            if byte == UInt8(ascii: ";") || byte == UInt8(ascii: "|") && open == 0 { break }
            if byte == UInt8(ascii: "(") { open += 1 }
            if byte == UInt8(ascii: ")") {
                if open == 0 { break }
                open -= 1
            }
            position += 1
        }
        guard position > start else { throw error("Expected a pattern here") }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }
}
