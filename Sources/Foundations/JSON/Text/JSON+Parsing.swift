extension JSON {
    /// Reads a whole text in UTF-8 (RFC 8259).
    public init(parsing bytes: [UInt8], limits: JSONLimits = .standard) throws(JSONError) {
        self = try bytes.withUnsafeBufferPointer { buffer throws(JSONError) in
            try JSON(parsing: buffer, limits: limits)
        }
    }

    /// Reads a whole text.
    public init(parsing text: String, limits: JSONLimits = .standard) throws(JSONError) {
        try self.init(parsing: Array(text.utf8), limits: limits)
    }

    /// Reads a whole text in UTF-8 from memory that the caller keeps alive during the call.
    public init(parsing bytes: UnsafeBufferPointer<UInt8>, limits: JSONLimits = .standard) throws(JSONError) {
        let entries = try TapeScanner.entries(of: bytes, limits: limits)
        self.init(entry: 0, of: entries, bytes)
    }

    /// Builds the tree of one tape entry. Recursion ends at the depth that ``JSONLimits`` allowed the scanner.
    init(entry index: Int, of entries: [TapeEntry], _ bytes: UnsafeBufferPointer<UInt8>) {
        let entry = entries[index]
        switch entry.kind {
        case .null: self = .null
        case .no: self = .bool(false)
        case .yes: self = .bool(true)
        case .integer: self = .int(IntegerText.value(bytes[entry.range]) ?? 0)
        case .number: self = .number(String(decoding: bytes[entry.range], as: UTF8.self))
        case .string, .escapedString: self = .string(StringContent.string(entry, bytes))
        case .array: self = .array(JSON.elements(index, of: entries, bytes))
        case .object: self = .object(JSONObject(uniqueMembers: JSON.members(index, of: entries, bytes)))
        }
    }

    private static func elements(
        _ array: Int, of entries: [TapeEntry], _ bytes: UnsafeBufferPointer<UInt8>
    ) -> [JSON] {
        var elements: [JSON] = []
        var index = array + 1
        while index < entries[array].next {
            elements.append(JSON(entry: index, of: entries, bytes))
            index = Int(entries[index].next)
        }
        return elements
    }

    private static func members(
        _ object: Int, of entries: [TapeEntry], _ bytes: UnsafeBufferPointer<UInt8>
    ) -> [JSONObject.Member] {
        var members: [JSONObject.Member] = []
        members.reserveCapacity(min(8, (Int(entries[object].next) - object) / 2))
        var index = object + 1
        while index < entries[object].next {
            let name = StringContent.string(entries[index], bytes)
            members.append(JSONObject.Member(name, JSON(entry: index + 1, of: entries, bytes)))
            index = Int(entries[index + 1].next)
        }
        return members
    }
}
