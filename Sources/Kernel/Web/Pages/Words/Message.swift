/// One text of a words file, cut into what stands and what is filled in.
///
/// `{name}` is filled with an argument; `{n|one=1 place|other={n} places}` chooses by a number: `zero`, `one`, `other`.
struct Message: Sendable, Hashable {
    indirect enum Piece: Sendable, Hashable {
        case text(Phrase)
        case argument(String)
        case choice(String, [String: Message])
    }

    var pieces: [Piece]

    /// Names that must be given when the text is used.
    var argumentNames: Set<String> {
        pieces.reduce(into: []) { names, piece in
            switch piece {
            case .text: break
            case .argument(let name): names.insert(name)
            case .choice(let name, let forms):
                names.insert(name)
                for form in forms.values { names.formUnion(form.argumentNames) }
            }
        }
    }

    func filled(with arguments: [String: WordArgument], _ format: NumberFormat) -> Phrase {
        pieces.reduce(Phrase("")) { phrase, piece in
            switch piece {
            case .text(let text): phrase + text
            case .argument(let name): phrase + (arguments[name]?.phrase(format) ?? Phrase("{\(name)}"))
            case .choice(let name, let forms):
                phrase + (forms[arguments[name]?.form(forms) ?? "other"]?.filled(with: arguments, format) ?? "")
            }
        }
    }
}

/// What is filled into a text.
public enum WordArgument: Sendable, Hashable, ExpressibleByStringInterpolation, ExpressibleByIntegerLiteral {
    case text(String)
    case number(Int)
    case phrase(Phrase)

    public init(stringLiteral value: String) { self = .text(value) }
    public init(integerLiteral value: Int) { self = .number(value) }

    func phrase(_ format: NumberFormat) -> Phrase {
        switch self {
        case .text(let text): Phrase(text)
        case .number(let number): Phrase(format.grouped(number))
        case .phrase(let phrase): phrase
        }
    }

    func form(_ forms: [String: Message]) -> String {
        guard case .number(let number) = self else { return "other" }
        if number == 0, forms["zero"] != nil { return "zero" }
        return number == 1 && forms["one"] != nil ? "one" : "other"
    }
}
