import Entities

/// How names and ids of NGSIv2 lie in the store, which keeps NGSI-LD names and URIs.
///
/// A name that NGSI-LD takes is stored as it is. Any other is written as a URI under `urn:ngsi-v2:`, percent-encoded, so
/// that every name has one stored form and every stored form one name.
package enum V2Names {
    private static let prefix = "urn:ngsi-v2:name:"

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
    package static func name(_ stored: String) -> String {
        guard stored.hasPrefix(prefix) else { return stored }
        return PercentText.decoded(stored.dropFirst(prefix.count)) ?? stored
    }

    private static func escaped(_ name: String) -> String { prefix + PercentText.encoded(name) }

    private static func isStorable(_ name: String) -> Bool { !name.hasPrefix(prefix) && Names.isName(name) }
}

/// Percent-encoding that leaves letters, digits, `-`, `_` and `.` alone, so that no separator of a URN is left over.
enum PercentText {
    static func encoded(_ text: String) -> String {
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            if isPlain(byte) {
                bytes.append(byte)
            } else {
                bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Nil if a percent sign is not followed by two digits, or if the bytes are no UTF-8.
    static func decoded(_ text: some StringProtocol) -> String? {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard let high = rest.popFirst().flatMap(value), let low = rest.popFirst().flatMap(value) else {
                return nil
            }
            bytes.append(high << 4 | low)
        }
        return String(validating: bytes, as: UTF8.self)
    }

    private static let digits = Array("0123456789ABCDEF".utf8)

    private static func value(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 48...57: byte - 48
        case 65...70: byte - 55
        case 97...102: byte - 87
        default: nil
        }
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
            || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_") || byte == UInt8(ascii: ".")
    }
}
