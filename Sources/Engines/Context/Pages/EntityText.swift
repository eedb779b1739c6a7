import Entities
import JSON
import Storage
import Web

/// Entities, types and values as people read them.
struct EntityText: Sendable {
    let kit: PageKit
    let words: WordBook

    init(_ kit: PageKit, _ call: Call) {
        self.kit = kit
        words = kit.words(for: call)
    }

    /// What people call a type; its name if nobody said.
    func type(_ name: String) -> Phrase {
        kit.entityLabels(ofType: name).map { words.localized($0.type) } ?? Phrase(name)
    }

    /// What people call an attribute; its name if nobody said.
    func attribute(_ name: String, of type: String) -> Phrase {
        if let labels = kit.entityLabels(ofType: type)?.attributes[name] { return words.localized(labels) }
        let key = WordKey("context.attribute.\(name)")
        return words.has(key) ? words[key] : Phrase(name)
    }

    func attribute(_ name: String, of types: [String]) -> Phrase {
        for type in types {
            if kit.entityLabels(ofType: type)?.attributes[name] != nil { return attribute(name, of: type) }
        }
        return attribute(name, of: types.first ?? "")
    }

    /// What an entity is called: its name, else its id.
    static func title(_ entity: StoredEntity) -> String {
        let attributes = entity.attributes
        for name in ["name", "title", "stop_name", "route_long_name", "facilityName"] {
            guard let attribute = attributes[name], let text = text(attribute), !text.isEmpty else { continue }
            return text
        }
        return entity.id
    }

    /// An attribute's value in one line; nil if it has none to be shown so.
    static func text(_ attribute: JSON) -> String? {
        let texts = AttributeInstances.all(attribute).compactMap { instance -> String? in
            guard let value = instance.value else { return nil }
            switch instance.kind {
            case .geoProperty: return place(value)
            case .languageProperty: return (value["ja"] ?? value.objectValue?.members.first?.value).map(line)
            default: return line(value)
            }
        }
        return texts.isEmpty ? nil : texts.joined(separator: "、")
    }

    private static func line(_ value: JSON) -> String {
        switch value {
        case .string(let text): text
        case .array(let elements): elements.map(line).joined(separator: "、")
        case .object(let object):
            object.members.map { "\($0.name): \(line($0.value))" }.joined(separator: "、")
        case .bool(let truth): truth ? "✓" : "–"
        default: value.description
        }
    }

    private static func place(_ value: JSON) -> String {
        guard value["type"] == "Point", let longitude = value["coordinates"]?[0],
            let latitude = value["coordinates"]?[1]
        else { return value["type"]?.stringValue ?? "" }
        return "\(latitude.description), \(longitude.description)"
    }

    static func shortened(_ text: String) -> String { text.count > 60 ? text.prefix(60) + "…" : text }
}
