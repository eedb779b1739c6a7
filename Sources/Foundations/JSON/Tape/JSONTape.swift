/// A checked JSON text as a flat list of its parts over the bytes as they were received.
///
/// It is for texts that are stored or forwarded: making one copies no string and builds no tree, so that it costs a
/// fraction of ``JSON``, and unchanged parts go out byte for byte. It accepts exactly the texts that ``JSON`` accepts.
public struct JSONTape: Sendable {
    /// The text.
    public let bytes: [UInt8]
    let entries: [TapeEntry]

    /// Checks a whole text in UTF-8.
    public init(parsing bytes: [UInt8], limits: JSONLimits = .standard) throws(JSONError) {
        entries = try bytes.withUnsafeBufferPointer { buffer throws(JSONError) in
            try TapeScanner.entries(of: buffer, limits: limits)
        }
        self.bytes = bytes
    }

    /// Checks a whole text.
    public init(parsing text: String, limits: JSONLimits = .standard) throws(JSONError) {
        try self.init(parsing: Array(text.utf8), limits: limits)
    }

    /// The text's one value.
    public var root: Element { Element(tape: self, index: 0) }

    /// The text as a tree.
    public var value: JSON { root.value }
}

/// The six types of JSON values (RFC 8259 §3).
public enum JSONType: String, Sendable, Hashable, CaseIterable {
    case null, boolean, number, string, array, object
}

extension JSONTape {
    /// One value of a tape.
    public struct Element: Sendable {
        let tape: JSONTape
        let index: Int

        var entry: TapeEntry { tape.entries[index] }

        public var type: JSONType {
            switch entry.kind {
            case .null: .null
            case .no, .yes: .boolean
            case .integer, .number: .number
            case .string, .escapedString: .string
            case .array: .array
            case .object: .object
            }
        }

        /// Where the value stands in the text, quotes and brackets included.
        public var range: Range<Int> { entry.range }

        /// The value's bytes as they were written.
        public var rawBytes: ArraySlice<UInt8> { tape.bytes[entry.range] }

        /// The value as a tree.
        public var value: JSON {
            tape.bytes.withUnsafeBufferPointer { JSON(entry: index, of: tape.entries, $0) }
        }

        /// The text of a string, escapes resolved; nil for other types.
        public var stringValue: String? {
            guard type == .string else { return nil }
            return tape.bytes.withUnsafeBufferPointer { StringContent.string(entry, $0) }
        }
    }
}
