/// The kinds of attributes (ETSI GS CIM 009 clause 4.5) and the member that holds each one's value.
public enum AttributeKind: String, Sendable, Hashable, CaseIterable {
    case property = "Property"
    case relationship = "Relationship"
    case geoProperty = "GeoProperty"
    case languageProperty = "LanguageProperty"
    case vocabProperty = "VocabProperty"
    case jsonProperty = "JsonProperty"
    case listProperty = "ListProperty"
    case listRelationship = "ListRelationship"

    /// `value`, `object`, `languageMap`…
    public var valueMember: String {
        switch self {
        case .property, .geoProperty: "value"
        case .relationship: "object"
        case .languageProperty: "languageMap"
        case .vocabProperty: "vocab"
        case .jsonProperty: "json"
        case .listProperty: "valueList"
        case .listRelationship: "objectList"
        }
    }

    /// Members of an attribute that are no sub-attributes.
    static let reserved: Set<String> = [
        "type", "value", "object", "languageMap", "vocab", "json", "valueList", "objectList", "observedAt", "unitCode",
        "datasetId", "createdAt", "modifiedAt", "deletedAt", "instanceId", "objectType", "entity", "entityList",
        "previousValue", "previousObject", "previousLanguageMap", "previousVocab", "previousJson",
        "previousValueList", "previousObjectList", "lang", "ngsildConf", "expiresAt", "@context", "valueType",
    ]

    /// Given by the store, never taken from input (clause 4.8).
    static let systemMembers: Set<String> = ["createdAt", "modifiedAt", "deletedAt"]
}
