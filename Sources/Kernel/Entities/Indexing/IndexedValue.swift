import JSON
import Storage

/// One value of an attribute as a value index holds it.
struct IndexedValue: Hashable {
    enum Value: Hashable {
        /// Numbers compare as IEEE doubles, in the index and without it.
        case number(Double)
        case text(String)
        case instant(Instant)
    }

    var attribute: String
    var value: Value

    /// Texts are indexed up to this many bytes of UTF-8; comparisons with shorter texts are exact nevertheless.
    static let longestText = 100

    var table: String {
        switch value {
        case .number: "entity_numbers"
        case .text: "entity_texts"
        case .instant: "entity_instants"
        }
    }

    var sql: SQLValue {
        switch value {
        case .number(let number): .double(number)
        case .text(let text): .text(text)
        case .instant(let instant): .instant(instant)
        }
    }
}

extension IndexedValue {
    /// All that an attribute puts into the value indexes: its values, or each element of an array, of all instances.
    static func values(of attribute: String, _ json: JSON) -> Set<IndexedValue> {
        var found: Set<IndexedValue> = []
        for instance in AttributeInstances.all(json) {
            guard let value = instance.comparableValue else { continue }
            for element in value.arrayValue ?? [value] {
                for value in values(element) { found.insert(IndexedValue(attribute: attribute, value: value)) }
            }
        }
        return found
    }

    private static func values(_ json: JSON) -> [Value] {
        switch json {
        case .int, .number: json.doubleValue.map { [.number($0)] } ?? []
        case .string(let text):
            [.text(cut(text))] + (DateTime.instant(text).map { [.instant($0)] } ?? [])
        default: json.plainTime.map { values($0) } ?? []
        }
    }

    /// The text without the character that would pass the limit and all after it. U+0000, which no database takes, is
    /// left out.
    static func cut(_ text: String) -> String {
        if text.utf8.count <= longestText, !text.utf8.contains(0) { return text }
        var cut = ""
        var size = 0
        for scalar in text.unicodeScalars where scalar.value != 0 {
            size += UTF8.width(scalar)
            if size > longestText { break }
            cut.unicodeScalars.append(scalar)
        }
        return cut
    }
}
