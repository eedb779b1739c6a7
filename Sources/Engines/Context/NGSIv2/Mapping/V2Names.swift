import Entities

/// How names and ids of NGSIv2 lie in the store, which keeps NGSI-LD names and URIs.
///
/// A name that NGSI-LD takes is stored as it is. Any other is written as a URI under `urn:ngsi-v2:`, percent-encoded, so
/// that every name has one stored form and every stored form one name.
package enum V2Names {
    private static let prefix = FreeNames.namePrefix

    /// The v2 type of an attribute or of its metadata, where it does not follow from the value.
    static let typeMember = "ngsiv2Type"
    /// The value as a v2 client wrote it, where the stored one is a translation (`geo:point`…).
    static let valueMember = "ngsiv2Value"

    /// Members of an NGSI-LD entity that are no attributes.
    private static let reservedInEntity: Set<String> = [
        "id", "type", "@context", "scope", "createdAt", "modifiedAt", "deletedAt", "expiresAt",
    ]
    /// Members of an NGSI-LD attribute that are no sub-attributes (ETSI GS CIM 009 clauses 4.5.2 to 4.5.24).
    static let reservedInAttribute: Set<String> = [
        "type", "value", "object", "languageMap", "vocab", "json", "valueList", "objectList", "observedAt", "unitCode",
        "datasetId", "createdAt", "modifiedAt", "deletedAt", "instanceId", "objectType", "entity", "entityList",
        "previousValue", "previousObject", "previousLanguageMap", "previousVocab", "previousJson", "previousValueList",
        "previousObjectList", "lang", "ngsildConf", "expiresAt", "@context",
    ]
    private static let own: Set<String> = [typeMember, valueMember]

    package static func storedType(_ name: String) -> String { isStorable(name) ? name : escaped(name) }

    package static func storedAttribute(_ name: String) -> String {
        isStorable(name) && !reservedInEntity.contains(name) ? name : escaped(name)
    }

    package static func storedMetadata(_ name: String) -> String {
        let isFree = isStorable(name) && !reservedInAttribute.contains(name) && !own.contains(name)
        return isFree ? name : escaped(name)
    }

    /// What a v2 client sees of a stored name.
    package static func name(_ stored: String) -> String { FreeNames.name(stored) }

    private static func escaped(_ name: String) -> String { prefix + PercentText.encoded(name) }

    private static func isStorable(_ name: String) -> Bool { !name.hasPrefix(prefix) && Names.isName(name) }
}
