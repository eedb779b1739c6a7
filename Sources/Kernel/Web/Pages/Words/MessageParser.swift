/// Reads the text of one entry of a words file.
struct MessageParser {
    struct Malformed: Error, Hashable { var reason: String }

    private var rest: Substring

    static func parse(_ source: String) throws(Malformed) -> Message {
        var parser = MessageParser(rest: source[...])
        let message = try parser.message(nested: false)
        guard parser.rest.isEmpty else { throw Malformed(reason: "A '}' without its '{'.") }
        return message
    }

    private mutating func message(nested: Bool) throws(Malformed) -> Message {
        var pieces: [Message.Piece] = []
        while let next = rest.first, next != "}", !(nested && next == "|") {
            if next == "{" {
                pieces.append(try placeholder())
            } else {
                let end = rest.firstIndex { "{}".contains($0) || (nested && $0 == "|") } ?? rest.endIndex
                pieces.append(.text(Phrase(ruby: String(rest[..<end]))))
                rest = rest[end...]
            }
        }
        return Message(pieces: pieces)
    }

    private mutating func placeholder() throws(Malformed) -> Message.Piece {
        rest.removeFirst()
        let name = take(until: "|}")
        guard !name.isEmpty else { throw Malformed(reason: "A '{' without a name.") }
        var forms: [String: Message] = [:]
        while rest.first == "|" {
            rest.removeFirst()
            let form = take(until: "=|}")
            guard rest.first == "=" else { throw Malformed(reason: "The form '\(form)' of '\(name)' has no text.") }
            rest.removeFirst()
            forms[form] = try message(nested: true)
        }
        guard rest.first == "}" else { throw Malformed(reason: "The placeholder '\(name)' is not closed.") }
        rest.removeFirst()
        guard !forms.isEmpty else { return .argument(name) }
        guard forms["other"] != nil else { throw Malformed(reason: "The choice '\(name)' has no form 'other'.") }
        return .choice(name, forms)
    }

    private mutating func take(until stops: String) -> String {
        let end = rest.firstIndex { stops.contains($0) } ?? rest.endIndex
        defer { rest = rest[end...] }
        return String(rest[..<end])
    }
}
