import Entities
import Geometry
import JSON

extension V2Attribute {
    /// The attribute in normalized NGSI-LD form, from which ``init(stored:)`` makes the same attribute again.
    ///
    /// Metadata become sub-properties; `unitCode`, `observedAt` and `datasetId` the members of that name where they say
    /// what NGSI-LD means by them.
    package var stored: JSON {
        var object = storedValue
        for item in metadata {
            if let member = item.storedMember {
                object[item.name] = member
            } else {
                let sub = V2Attribute(type: item.type, value: item.value)
                object[V2Names.storedMetadata(item.name)] = .object(sub.storedValue)
            }
        }
        return .object(object)
    }

    /// Kind and value, with the v2 type where it does not follow from them.
    private var storedValue: JSONObject {
        let (kind, value, original) = kindAndValue
        var object = JSONObject([.init("type", .string(kind.rawValue)), .init(kind.valueMember, value)])
        if Self.type(of: kind, value) != type || (kind == .property && Self.typedValue(value) != nil) {
            object[V2Names.typeMember] = ["type": "Property", "value": .string(type)]
        }
        if let original { object[V2Names.valueMember] = ["type": "Property", "value": original] }
        return object
    }

    /// The stored kind and value, and the value as it was written if that is another.
    private var kindAndValue: (AttributeKind, JSON, JSON?) {
        if value.isNull { return (.jsonProperty, value, nil) }
        if !ignoresType, let special = special { return special }
        return (.property, value, nil)
    }

    private var special: (AttributeKind, JSON, JSON?)? {
        switch type {
        case "geo:json": return V2Geometry.geometry(of: value).map { (.geoProperty, $0, nil) }
        case "geo:point", "geo:line", "geo:box", "geo:polygon":
            return V2Geometry.geometry(of: value, type).map { (.geoProperty, $0, value) }
        case "Relationship": return isURIs(value) ? (.relationship, value, nil) : nil
        case "ListRelationship": return isURIs(value) && value.arrayValue != nil ? (.listRelationship, value, nil) : nil
        case "ListProperty": return value.arrayValue != nil ? (.listProperty, value, nil) : nil
        case "VocabProperty": return isTexts(value) ? (.vocabProperty, value, nil) : nil
        case "JsonProperty": return (.jsonProperty, value, nil)
        case "LanguageProperty":
            let isMap = value.objectValue?.members.allSatisfy { isTexts($0.value) } ?? false
            return isMap ? (.languageProperty, value, nil) : nil
        default: return nil
        }
    }

    private func isURIs(_ value: JSON) -> Bool {
        let elements = value.arrayValue ?? [value]
        return !elements.isEmpty && elements.allSatisfy { $0.stringValue.map(Names.isURI) ?? false }
    }

    private func isTexts(_ value: JSON) -> Bool { (value.arrayValue ?? [value]).allSatisfy { $0.stringValue != nil } }

    /// The v2 type that a stored kind and value have if nothing else is said.
    static func type(of kind: AttributeKind, _ value: JSON) -> String {
        switch kind {
        case .property: defaultType(of: value)
        case .geoProperty: "geo:json"
        case .jsonProperty where value.isNull: "None"
        default: kind.rawValue
        }
    }
}

extension V2Metadata {
    /// The value as the NGSI-LD member of the same name; nil if there is none or it does not fit.
    fileprivate var storedMember: JSON? {
        guard let text = value.stringValue else { return nil }
        switch name {
        case "unitCode" where type == "Text" && !text.isEmpty: return value
        case "observedAt" where type == "DateTime": return V2DateTime.normalized(text).map { .string($0) }
        case "datasetId" where type == "Text" && Names.isURI(text): return value
        default: return nil
        }
    }
}
