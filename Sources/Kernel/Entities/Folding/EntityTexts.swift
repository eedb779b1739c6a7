import JSON

/// What full-text search finds an entity by: its id and all texts in its values.
enum EntityTexts {
    private static let mostBytes = 8_000

    static func texts(of entity: StoredEntity) -> [String] { [entity.id] + texts(in: entity.attributes) }

    static func texts(in attributes: JSONObject) -> [String] {
        var texts: [String] = []
        var size = 0
        for member in attributes.members {
            for instance in AttributeInstances.all(member.value) where instance.kind != .geoProperty {
                if let value = instance.value { collect(value, &texts, &size) }
            }
        }
        return texts
    }

    private static func collect(_ value: JSON, _ texts: inout [String], _ size: inout Int) {
        guard size < mostBytes else { return }
        switch value {
        case .string(let text):
            texts.append(text)
            size += text.utf8.count
        case .array(let elements): for element in elements { collect(element, &texts, &size) }
        case .object(let object): for member in object.members { collect(member.value, &texts, &size) }
        default: break
        }
    }
}
