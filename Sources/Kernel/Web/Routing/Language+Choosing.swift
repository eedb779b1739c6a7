extension Language {
    /// The language of a reader: `?lang`, then the cookie, then `Accept-Language` (RFC 9110 §12.5.4), else Japanese.
    package static func chosen(query: String?, cookie: String?, acceptLanguage: String?) -> Language {
        if let named = (query ?? cookie).flatMap(Language.init(rawValue:)) { return named }
        guard let acceptLanguage else { return .ja }
        let wishes = Accept(acceptLanguage).choices.filter { $0.quality > 0 }.sorted { $0.quality > $1.quality }
        return wishes.lazy.compactMap { Language(tag: $0.value) }.first ?? .ja
    }

    /// The language for a tag in lower case, such as `en-us`.
    private init?(tag: String) {
        switch tag.prefix(while: { $0 != "-" }) {
        case "ja": self = tag == "ja-easy" || tag == "ja-x-easy" ? .jaEasy : .ja
        case "en": self = .en
        default: return nil
        }
    }
}
