import JSON
import Storage

/// What a path in a query points at in one entity (ETSI GS CIM 009 clause 4.9): none if it points at nothing.
enum AttributeTargets {
    static func find(_ path: QueryPath, _ entity: StoredEntity, _ tape: JSONTape) -> [JSON] {
        if let value = systemValue(path, entity) { return [value] }
        guard path.attribute != "id", path.attribute != "type", let attribute = tape.root[path.attribute]?.value else {
            return []
        }
        return AttributeInstances.all(attribute)
            .flatMap { values($0, path.subattributes[...], path.attribute, entity) }
            .flatMap { follow($0, path.trailing[...]) }
    }

    private static func systemValue(_ path: QueryPath, _ entity: StoredEntity) -> JSON? {
        guard path.subattributes.isEmpty, path.trailing.isEmpty else { return nil }
        return switch path.attribute {
        case "createdAt": .string(DateTime.text(entity.createdAt))
        case "modifiedAt": .string(DateTime.text(entity.modifiedAt))
        default: nil
        }
    }

    private static func values(
        _ instance: AttributeInstance, _ names: ArraySlice<String>, _ attribute: String, _ entity: StoredEntity
    ) -> [JSON] {
        guard let name = names.first else { return instance.value.map { [$0] } ?? [] }
        let rest = names.dropFirst()
        if rest.isEmpty {
            switch name {
            case "createdAt": return [.string(DateTime.text(entity.createdAt(ofAttribute: attribute)))]
            case "modifiedAt": return [.string(DateTime.text(entity.modifiedAt(ofAttribute: attribute)))]
            case "observedAt", "unitCode", "datasetId": return instance.object[name].map { [$0] } ?? []
            default: break
            }
        }
        guard !AttributeKind.reserved.contains(name), let sub = instance.object[name] else { return [] }
        return AttributeInstances.all(sub).flatMap { values($0, rest, attribute, entity) }
    }

    /// Steps into objects by name; into each element of an array.
    private static func follow(_ value: JSON, _ steps: ArraySlice<String>) -> [JSON] {
        guard let step = steps.first else { return [value] }
        if let elements = value.arrayValue { return elements.flatMap { follow($0, steps) } }
        return value[step].map { follow($0, steps.dropFirst()) } ?? []
    }
}
