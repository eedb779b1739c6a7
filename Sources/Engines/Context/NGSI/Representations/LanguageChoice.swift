import Entities
import JSON
import Storage

/// Which language is shown of a LanguageProperty (`lang`, ETSI GS CIM 009 clause 4.15): tags in the order of the reader's
/// wishes, as in `Accept-Language`.
struct LanguageChoice: Sendable, Hashable {
    /// In lower case, best first.
    private let tags: [String]

    init(parsing text: String) throws(Refusal) {
        var weighted: [(tag: String, weight: Double)] = []
        for part in text.split(separator: ",") {
            let pieces = part.split(separator: ";").map { $0.filter { $0 != " " } }
            let weight = pieces.dropFirst().first { $0.hasPrefix("q=") }.map { Double($0.dropFirst(2)) ?? -1 } ?? 1
            guard let tag = pieces.first, Self.isTag(tag), (0...1).contains(weight) else {
                throw Refusal(
                    .badRequest, "'lang' cannot be read: write language tags such as ja or en-GB,fr;q=0.5.",
                    faults: [.init("lang", String(part.prefix(50)))])
            }
            weighted.append((tag.lowercased(), weight))
        }
        // The sort is stable by index, so that of equal wishes the first stands.
        tags = weighted.enumerated()
            .sorted { ($1.element.weight, $0.offset) < ($0.element.weight, $1.offset) }.map(\.element.tag)
        guard !tags.isEmpty else {
            throw Refusal(.badRequest, "'lang' is empty.", faults: [.init("lang", "Give a language tag.")])
        }
    }

    private static func isTag(_ text: String) -> Bool {
        text == "*"
            || !text.isEmpty && text.utf8.count <= 35
                && text.utf8.allSatisfy {
                    (97...122).contains($0) || (65...90).contains($0) || (48...57).contains($0) || $0 == 0x2D
                }
    }

    /// A LanguageProperty as a Property in the language chosen; everything else as it is.
    func instance(_ object: JSONObject) -> JSONObject {
        guard object["type"] == "LanguageProperty", let map = object["languageMap"]?.objectValue,
            let (language, text) = choose(map)
        else { return object }
        return JSONObject(
            object.members.flatMap { member -> [JSONObject.Member] in
                switch member.name {
                case "type": [.init("type", "Property")]
                case "languageMap":
                    [.init("value", text)] + (language == "@none" ? [] : [.init("lang", .string(language))])
                default: [member]
                }
            })
    }

    private func choose(_ map: JSONObject) -> (language: String, text: JSON)? {
        let members = map.members
        for tag in tags {
            let found =
                tag == "*"
                ? members.first
                : members.first { $0.name.lowercased() == tag }
                    ?? members.first { Self.covers(tag, $0.name.lowercased()) }
            if let found { return (found.name, found.value) }
        }
        return (members.first { $0.name == "@none" } ?? members.first).map { ($0.name, $0.value) }
    }

    /// `en` takes `en-GB`, and the other way round (RFC 4647 §3.3.1 and §3.4).
    private static func covers(_ wish: String, _ language: String) -> Bool {
        language.hasPrefix(wish + "-") || wish.hasPrefix(language + "-")
    }
}
