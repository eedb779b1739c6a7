import Entities
import JSON

/// The members of an attribute that are no sub-attributes (ETSI GS CIM 009 clause 4.5).
enum AttributeMembers {
    /// Members with values that names of a context may stand in: those of VocabProperty, and types.
    static let vocabularies: Set<String> = ["vocab", "objectType", "previousVocab", "vocabs"]

    static let metadata: Set<String> = [
        "observedAt", "unitCode", "datasetId", "createdAt", "modifiedAt", "deletedAt", "instanceId", "objectType",
        "expiresAt", "lang", "valueType", "entity", "entityList",
    ]

    private static let values = Set(AttributeKind.allCases.map(\.valueMember))
    private static let previous = Set(values.map { "previous" + $0.prefix(1).uppercased() + $0.dropFirst() })

    static func isOwn(_ name: String) -> Bool {
        name == "type" || metadata.contains(name) || values.contains(name) || previous.contains(name)
    }

    static func isValue(_ name: String) -> Bool { values.contains(name) }
}

/// The null of NGSI-LD (clause 4.5.0): JSON-LD drops a null of JSON, so that a text stands for it.
enum NGSINull {
    static let text = "urn:ngsi-ld:null"

    /// Whether a value says that what it belongs to is taken away.
    static func isNull(_ value: JSON) -> Bool { value.isNull || value.stringValue == text }

    /// Whether an instance of an attribute says that it is taken away.
    static func isNull(instance: JSONObject) -> Bool {
        guard let kind = AttributeInstance(object: instance).kind ?? kind(of: instance),
            let value = instance[kind.valueMember]
        else { return false }
        switch kind {
        case .languageProperty: return isNull(value) || value["@none"].map { isNull($0) } ?? false
        case .listProperty, .listRelationship:
            return isNull(value) || value.arrayValue?.count == 1 && value[0].map { isNull($0) } ?? false
        case .jsonProperty: return value.stringValue == text
        default: return isNull(value)
        }
    }

    private static func kind(of instance: JSONObject) -> AttributeKind? {
        AttributeKind.allCases.first { instance[$0.valueMember] != nil }
    }
}
