import Web

extension Remark {
    /// The remark in the reader's language; a sentence stored before kinds were, as it is, in English.
    package func phrase(_ words: WordBook) -> Phrase {
        guard kind != .other else { return Phrase(text: text, html: .element("span", ["lang": "en"], .text(text))) }
        let remark = words(
            WordKey("connect.remark.\(kind.rawValue)"),
            ["a": .text(values.first ?? ""), "b": .text(values.dropFirst().first ?? "")])
        guard let place else { return remark }
        return words("connect.remark.of", ["place": .text(place), "remark": .phrase(remark)])
    }
}
