import JSON

/// Reads JEXL as Orion takes it: no unary operators, transforms bind tightest, `? :` loosest.
///
/// Depth and number of nodes are bounded, so that neither parsing nor evaluating can exhaust the stack.
struct JexlParser {
    static let longest = 4_096
    static let deepest = 40
    static let mostNodes = 300

    private var scanner: JexlScanner
    private var token = JexlToken.end
    private var depth = 0
    private var nodes = 0
    /// Whether `.x` was met since the innermost bracket was opened.
    private var metRelative = false

    private init(_ text: String) { scanner = JexlScanner(text) }

    static func parse(_ text: String) throws(JexlSyntaxError) -> JexlNode {
        guard text.utf8.count <= longest else {
            throw JexlSyntaxError(position: longest, sentence: "The expression is longer than \(longest) bytes.")
        }
        var parser = JexlParser(text)
        try parser.advance()
        let node = try parser.expression()
        guard parser.token == .end else { throw parser.scanner.error("The expression should end here.") }
        return node
    }

    private mutating func advance() throws(JexlSyntaxError) { token = try scanner.next() }

    private mutating func count(_ node: JexlNode) throws(JexlSyntaxError) -> JexlNode {
        nodes += 1
        guard nodes <= Self.mostNodes else {
            throw scanner.error("The expression has more than \(Self.mostNodes) parts.")
        }
        return node
    }

    private mutating func skip(_ mark: Unicode.Scalar) throws(JexlSyntaxError) -> Bool {
        guard token == .mark(UInt8(ascii: mark)) else { return false }
        try advance()
        return true
    }

    private mutating func expect(_ mark: Unicode.Scalar) throws(JexlSyntaxError) {
        guard try skip(mark) else { throw scanner.error("'\(mark)' is missing.") }
    }

    private mutating func expression() throws(JexlSyntaxError) -> JexlNode {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.deepest else {
            throw scanner.error("The expression is nested deeper than \(Self.deepest).")
        }
        let condition = try operation(0)
        guard try skip("?") else { return condition }
        let first = try expression()
        try expect(":")
        return try count(.choice(condition, first, try expression()))
    }

    /// Operators that bind at least as tight as `least`; equal ones group to the left.
    private mutating func operation(_ least: Int) throws(JexlSyntaxError) -> JexlNode {
        var left = try transformed()
        while case .binary(let operation) = token, operation.precedence >= least {
            try advance()
            left = try count(.binary(operation, left, try self.operation(operation.precedence + 1)))
        }
        return left
    }

    private mutating func transformed() throws(JexlSyntaxError) -> JexlNode {
        var node = try primary()
        while true {
            if try skip("|") {
                let name = try name()
                let arguments = try skip("(") ? try list(until: ")") : []
                node = try count(.transform(node, name, arguments))
            } else if try skip(".") {
                node = try count(.member(node, try name()))
            } else if try skip("[") {
                node = try bracketed(node)
            } else {
                return node
            }
        }
    }

    private mutating func bracketed(_ node: JexlNode) throws(JexlSyntaxError) -> JexlNode {
        let outer = metRelative
        metRelative = false
        let inner = try expression()
        let isFilter = metRelative
        metRelative = outer
        try expect("]")
        return try count(isFilter ? .filter(node, inner) : .index(node, inner))
    }

    private mutating func primary() throws(JexlSyntaxError) -> JexlNode {
        switch token {
        case .literal(let value):
            try advance()
            return try count(.literal(value))
        case .name(let name):
            try advance()
            return try count(.name(name))
        case .mark(let mark):
            try advance()
            return try group(mark)
        case .binary, .end: throw scanner.error("A value is missing.")
        }
    }

    private mutating func group(_ mark: UInt8) throws(JexlSyntaxError) -> JexlNode {
        switch mark {
        case UInt8(ascii: "("):
            let node = try expression()
            try expect(")")
            return node
        case UInt8(ascii: "["): return try count(.array(try list(until: "]")))
        case UInt8(ascii: "{"): return try count(.object(try members()))
        case UInt8(ascii: "."):
            metRelative = true
            return try count(.relative(try name()))
        default: throw scanner.error("A value is missing.")
        }
    }

    private mutating func name() throws(JexlSyntaxError) -> String {
        guard case .name(let name) = token else { throw scanner.error("A name is missing.") }
        try advance()
        return name
    }

    private mutating func list(until end: Unicode.Scalar) throws(JexlSyntaxError) -> [JexlNode] {
        if try skip(end) { return [] }
        var nodes = [try expression()]
        while try skip(",") { nodes.append(try expression()) }
        try expect(end)
        return nodes
    }

    private mutating func members() throws(JexlSyntaxError) -> [JexlMember] {
        if try skip("}") { return [] }
        var members: [JexlMember] = []
        repeat {
            let name: String
            switch token {
            case .name(let text), .literal(.string(let text)): name = text
            default: throw scanner.error("The name of a member is missing.")
            }
            try advance()
            try expect(":")
            members.append(JexlMember(name: name, value: try expression()))
        } while try skip(",")
        try expect("}")
        return members
    }
}
