/// Ids and names that NGSI-LD does not take, as NGSIv2 clients give them, in a form that it takes: URIs under
/// `urn:ngsi-v2:`, percent-encoded. So every document is valid NGSI-LD, and each name has one stored form.
public enum FreeNames {
    /// An id is `urn:ngsi-v2:ID` or `urn:ngsi-v2:ID:MORE…`.
    public static let idPrefix = "urn:ngsi-v2:"
    public static let namePrefix = "urn:ngsi-v2:name:"

    /// What the client gave for a stored id; any other id as it is.
    public static func id(_ stored: String) -> String {
        guard stored.hasPrefix(idPrefix) else { return stored }
        return PercentText.decoded(stored.dropFirst(idPrefix.count).prefix { $0 != ":" }) ?? stored
    }

    /// What the client gave for a stored type or attribute name; any other name as it is.
    public static func name(_ stored: String) -> String {
        guard stored.hasPrefix(namePrefix) else { return stored }
        return PercentText.decoded(stored.dropFirst(namePrefix.count)) ?? stored
    }
}

/// Percent-encoding that leaves letters, digits, `-`, `_` and `.` alone, so that no separator of a URN is left over.
public enum PercentText {
    public static func encoded(_ text: String) -> String {
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
    public static func decoded(_ text: some StringProtocol) -> String? {
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
