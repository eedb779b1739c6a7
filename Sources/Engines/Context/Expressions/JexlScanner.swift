import JSON

enum JexlToken: Sendable, Hashable {
    case literal(JSON)
    case name(String)
    case binary(JexlOperator)
    /// One of `( ) [ ] { } , : ? . |`.
    case mark(UInt8)
    case end
}

/// Cuts an expression into tokens.
struct JexlScanner {
    private let bytes: [UInt8]
    private(set) var position = 0

    init(_ text: String) { bytes = Array(text.utf8) }

    private static let operators: [(bytes: [UInt8], value: JexlOperator)] = JexlOperator.allCases
        .filter { $0 != .isIn }.map { (Array($0.rawValue.utf8), $0) }
    private static let marks = Set("()[]{},:?.|".utf8)

    mutating func next() throws(JexlSyntaxError) -> JexlToken {
        while let byte = peek, byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D { position += 1 }
        guard let byte = peek else { return .end }
        if byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") { return .literal(.string(try string(byte))) }
        if Self.isDigit(byte) { return .literal(try number()) }
        if Self.startsName(byte) { return name() }
        for candidate in Self.operators where bytes[position...].starts(with: candidate.bytes) {
            position += candidate.bytes.count
            return .binary(candidate.value)
        }
        guard Self.marks.contains(byte) else { throw error("This character has no meaning here.") }
        position += 1
        return .mark(byte)
    }

    func error(_ sentence: String) -> JexlSyntaxError { JexlSyntaxError(position: position, sentence: sentence) }

    private var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func name() -> JexlToken {
        let start = position
        while let byte = peek, Self.startsName(byte) || Self.isDigit(byte) { position += 1 }
        let text = String(decoding: bytes[start..<position], as: UTF8.self)
        return switch text {
        case "true": .literal(true)
        case "false": .literal(false)
        case "null": .literal(.null)
        case "in": .binary(.isIn)
        default: .name(text)
        }
    }

    private mutating func number() throws(JexlSyntaxError) -> JSON {
        let start = position
        digits()
        if peek == UInt8(ascii: "."), position + 1 < bytes.count, Self.isDigit(bytes[position + 1]) {
            position += 1
            digits()
        }
        let text = bytes[start..<position].drop { $0 == UInt8(ascii: "0") }
        let whole = text.isEmpty || text.first == UInt8(ascii: ".") ? [UInt8(ascii: "0")] + text : Array(text)
        guard let number = JSONNumber(String(decoding: whole, as: UTF8.self)) else {
            throw error("This is not a number.")
        }
        return number.json
    }

    private mutating func digits() {
        while let byte = peek, Self.isDigit(byte) { position += 1 }
    }

    /// A text in single or double quotes. A backslash before the quote or another backslash takes away its meaning; any
    /// other stays, so that patterns such as `\d` need no doubling.
    private mutating func string(_ quote: UInt8) throws(JexlSyntaxError) -> String {
        position += 1
        var content: [UInt8] = []
        while let byte = peek {
            position += 1
            if byte == quote { return String(decoding: content, as: UTF8.self) }
            if byte == UInt8(ascii: "\\"), let next = peek, next == quote || next == byte {
                content.append(next)
                position += 1
            } else {
                content.append(byte)
            }
        }
        throw error("A text has no closing quote.")
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }

    private static func startsName(_ byte: UInt8) -> Bool {
        (65...90).contains(byte) || (97...122).contains(byte) || byte == UInt8(ascii: "_")
            || byte == UInt8(ascii: "$") || byte >= 0x80
    }
}
