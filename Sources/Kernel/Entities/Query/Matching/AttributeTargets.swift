import JSON
import Storage

/// What paths in a query point at in one entity (ETSI GS CIM 009 clause 4.9): none if a path points at nothing.
struct AttributeTargets {
    let entity: StoredEntity
    let tape: JSONTape
    let datasets: DatasetFilter

    func find(_ path: QueryPath) -> [JSON] {
        if let value = systemValue(path) { return [value] }
        guard !EntityDocument.headNames.contains(path.attribute), let attribute = tape.root[path.attribute] else {
            return []
        }
        return datasets.instances(of: attribute.value)
            .flatMap { values($0, path.subattributes[...], path) }
    }

    private func systemValue(_ path: QueryPath) -> JSON? {
        guard path.subattributes.isEmpty, path.trailing.isEmpty else { return nil }
        return switch path.attribute {
        case "createdAt": .string(DateTime.text(entity.createdAt))
        case "modifiedAt": .string(DateTime.text(entity.modifiedAt))
        case "expiresAt": entity.expiresAt.map { .string(DateTime.text($0)) }
        default: nil
        }
    }

    private func values(_ instance: AttributeInstance, _ names: ArraySlice<String>, _ path: QueryPath) -> [JSON] {
        guard let name = names.first else { return instance.queried(path.trailing[...]) }
        let rest = names.dropFirst()
        if rest.isEmpty, path.trailing.isEmpty, let value = metadata(name, of: instance, path) { return [value] }
        guard !AttributeKind.reserved.contains(name), let sub = instance.object[name] else { return [] }
        return AttributeInstances.all(sub).flatMap { values($0, rest, path) }
    }

    /// Members of an instance that are no sub-attributes but may be asked for like them.
    private func metadata(_ name: String, of instance: AttributeInstance, _ path: QueryPath) -> JSON? {
        switch name {
        case "createdAt": .string(DateTime.text(entity.createdAt(ofAttribute: path.attribute)))
        case "modifiedAt": .string(DateTime.text(entity.modifiedAt(ofAttribute: path.attribute)))
        case "observedAt", "unitCode", "datasetId", "expiresAt", "objectType": instance.object[name]
        default: nil
        }
    }
}

extension AttributeInstance {
    /// What a query compares, at the end of a trailing path. Of a LanguageProperty the path is a language, `*` for any.
    /// Without a path what has no comparable value is there, but equal to nothing: as in the indexes.
    fileprivate func queried(_ trailing: ArraySlice<String>) -> [JSON] {
        guard let value else { return [] }
        if trailing.isEmpty, comparableValue == nil { return [.object(JSONObject())] }
        guard kind == .languageProperty, let texts = value.objectValue else { return Self.follow(value, trailing) }
        guard let language = trailing.first, language != "*" else { return texts.members.map(\.value) }
        return trailing.count > 1 ? [] : texts[language].map { [$0] } ?? []
    }

    /// Steps into objects by name; into each element of an array. Null is nothing.
    private static func follow(_ value: JSON, _ steps: ArraySlice<String>) -> [JSON] {
        guard let step = steps.first else { return value.isNull ? [] : [value.plainTime ?? value] }
        if let elements = value.arrayValue { return elements.flatMap { follow($0, steps) } }
        return value[step].map { follow($0, steps.dropFirst()) } ?? []
    }
}

extension JSON {
    /// The text of `{"@type": "DateTime", "@value": "…"}` and its like (clause 4.6.3); nil for anything else.
    var plainTime: JSON? {
        guard case .object(let object) = self, object["@type"] != nil, let value = object["@value"] else { return nil }
        return value
    }
}
