/// Finds the plan's terms in its texts, so that they can be linked to their explanations.
public struct GlossaryLinker: Sendable {
    /// A part of a text.
    public enum Piece: Sendable, Hashable {
        case text(String)
        /// A spelling of a term, as it stands in the text, and the term's id.
        case term(String, id: String)
    }

    /// Longest first, so that the longer of two terms at one place is found.
    private let spellings: [(characters: [Character], id: String)]

    public init(_ terms: [GlossaryTerm]) {
        spellings =
            terms.flatMap { term in ([term.term] + term.spellings).map { (Array($0), term.id) } }
            .sorted { $0.0.count > $1.0.count }
    }

    /// The text cut at its terms. `excluding` is a term that should not be found: the one being explained.
    public func pieces(of text: String, excluding excluded: String? = nil) -> [Piece] {
        let characters = Array(text)
        var pieces: [Piece] = []
        var plain = ""
        var position = 0
        while position < characters.count {
            guard let (spelling, id) = spelling(at: position, in: characters, excluding: excluded) else {
                plain.append(characters[position])
                position += 1
                continue
            }
            if !plain.isEmpty { pieces.append(.text(plain)) }
            plain = ""
            pieces.append(.term(String(spelling), id: id))
            position += spelling.count
        }
        return plain.isEmpty ? pieces : pieces + [.text(plain)]
    }

    /// Ids of the terms that stand in a text, in order of first appearance.
    public func termIDs(in text: String) -> [String] {
        pieces(of: text).reduce(into: []) { ids, piece in
            if case .term(_, let id) = piece, !ids.contains(id) { ids.append(id) }
        }
    }

    private func spelling(
        at position: Int, in text: [Character], excluding excluded: String?
    ) -> (characters: [Character], id: String)? {
        spellings.first { spelling in
            let end = position + spelling.characters.count
            guard spelling.id != excluded, end <= text.count, text[position..<end].elementsEqual(spelling.characters)
            else { return false }
            return !continuesWord(text, position) && !continuesWord(text, end)
        }
    }

    /// Whether the border before `position` lies inside a word of Latin letters: DMP is not found in DMPS.
    private func continuesWord(_ text: [Character], _ position: Int) -> Bool {
        guard position > 0, position < text.count else { return false }
        return isLatin(text[position - 1]) && isLatin(text[position])
    }

    private func isLatin(_ character: Character) -> Bool {
        character.isASCII && (character.isLetter || character.isNumber)
    }
}
