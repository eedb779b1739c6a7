import Yams

/// The texts of all modules in all languages, read once at start.
public struct Words: Sendable {
    private(set) var messages: [Language: [String: Message]]

    public init() { messages = [:] }

    /// Adds the entries of one file: a flat mapping of key to text.
    ///
    /// Throws `PageKitError.words` if the text is not such a mapping, a key is there already, or an entry is malformed.
    public mutating func add(yaml: String, language: Language, source: String) throws(PageKitError) {
        let entries: [String: String]
        do {
            entries = try YAMLDecoder().decode([String: String]?.self, from: yaml) ?? [:]
        } catch {
            throw .words(source, "It must be a flat mapping of keys to texts: \(error)")
        }
        for (key, text) in entries.sorted(by: { $0.key < $1.key }) {
            guard messages[language]?[key] == nil else { throw .words(source, "The key '\(key)' is there twice.") }
            do {
                messages[language, default: [:]][key] = try MessageParser.parse(text)
            } catch {
                throw .words(source, "\(key): \(error.reason)")
            }
        }
    }

    /// The keys of a language, for the test that all languages have the same.
    package func keys(_ language: Language) -> Set<String> { Set(messages[language, default: [:]].keys) }

    /// The names that an entry wants filled in.
    package func argumentNames(_ key: String, _ language: Language) -> Set<String> {
        messages[language]?[key]?.argumentNames ?? []
    }

    /// The texts as a reader of one language gets them.
    public func book(_ language: Language) -> WordBook { WordBook(language: language, words: self) }
}
