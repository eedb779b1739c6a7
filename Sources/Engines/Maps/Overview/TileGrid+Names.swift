import Web

extension TileGrid {
    /// A municipality's name for a reader: with its reading in easy Japanese, `Kumamoto City (熊本市)` in English.
    func name(_ code: String, otherwise given: String? = nil, _ words: WordBook) -> Phrase {
        guard let cell = self[code] else { return words.inJapanese(Phrase(given ?? code)) }
        switch words.language {
        case .ja: return Phrase(cell.name)
        case .jaEasy: return Phrase(ruby: "｜\(cell.name)《\(cell.kana)》")
        case .en:
            let japanese = HTML.element("span", ["lang": "ja"], .text(cell.name))
            return Phrase(
                text: "\(cell.english) (\(cell.name))",
                html: .text(cell.english + " (") + japanese + .text(")"))
        }
    }

    /// The name as short as a map wants it.
    func label(_ code: String, otherwise given: String, _ language: Language) -> String {
        guard let cell = self[code] else { return given }
        return language == .en ? cell.english.split(separator: " ").first.map(String.init) ?? cell.english : cell.name
    }
}
