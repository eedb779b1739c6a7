/// All texts, numbers and dates in one language.
public struct WordBook: Sendable {
    public let language: Language
    let words: Words

    public subscript(key: WordKey) -> Phrase { self(key) }

    /// A text with its arguments filled in. What is missing in this language stands in Japanese and is marked so; what
    /// is missing there too stands as its key.
    public func callAsFunction(_ key: WordKey, _ arguments: [String: WordArgument] = [:]) -> Phrase {
        if let message = words.messages[language]?[key.rawValue] {
            return message.filled(with: arguments, numbers)
        }
        guard let message = words.messages[.ja]?[key.rawValue] else { return Phrase(key.rawValue) }
        return inJapanese(message.filled(with: arguments, numbers))
    }

    /// Whether the key has a text in any language.
    public func has(_ key: WordKey) -> Bool {
        words.messages[language]?[key.rawValue] != nil || words.messages[.ja]?[key.rawValue] != nil
    }

    /// A text of data, which carry `{"ja": …, "ja-easy": …, "en": …}`, read like an entry of the words files.
    public func localized(_ texts: [String: String]) -> Phrase {
        if let text = texts[language.rawValue] { return Phrase(ruby: text) }
        return inJapanese(Phrase(ruby: texts["ja"] ?? texts["en"] ?? ""))
    }

    /// Marks a text that is there only in Japanese, so that the layout can say so and readers aloud pronounce it.
    public func inJapanese(_ phrase: Phrase) -> Phrase {
        guard language != .ja else { return phrase }
        let attributes: KeyValuePairs<String, String?> = [
            "lang": language == .en ? "ja" : nil, "data-untranslated": "",
        ]
        return Phrase(text: phrase.text, html: .element("span", attributes, phrase.html))
    }

    /// The value of `lang` in HTML.
    public var languageTag: String { language == .en ? "en" : "ja" }
}
