import JSON

extension ContextProcessor {
    /// Reads the members of a context that are no terms.
    mutating func readSettings(of object: JSONObject, isRemote: Bool) throws(LDError) {
        if let version = object["@version"], version.doubleValue != 1.1 {
            throw .invalid(reason: "@version can only be 1.1.")
        }
        for name in ["@propagate", "@protected"] {
            if let value = object[name], value.boolValue == nil {
                throw .invalid(reason: "\(name) is neither true nor false.")
            }
        }
        if let base = object["@base"], !isRemote { try readBase(base) }
        if let vocabulary = object["@vocab"] { try readVocabulary(vocabulary) }
        if let language = object["@language"] {
            active.language = try Self.text(language, of: "@language")?.lowercased()
        }
        if let direction = try Self.text(object["@direction"] ?? .null, of: "@direction"),
            direction != "ltr", direction != "rtl"
        {
            throw .invalid(reason: "@direction is neither “ltr” nor “rtl”.")
        }
    }

    private mutating func readBase(_ value: JSON) throws(LDError) {
        guard let reference = try Self.text(value, of: "@base") else {
            active.base = nil
            return
        }
        guard let base = IRI.resolve(reference, against: active.base) else {
            throw .invalid(reason: "@base is relative, and there is nothing that it is relative to.")
        }
        active.base = base
    }

    private mutating func readVocabulary(_ value: JSON) throws(LDError) {
        guard let text = try Self.text(value, of: "@vocab") else {
            active.vocabulary = nil
            return
        }
        guard text.isEmpty || IRI.isBlankNode(text) || active.expand(text) != nil else {
            throw .invalid(reason: "@vocab “\(text)” is no IRI.")
        }
        active.vocabulary = text.isEmpty ? active.base ?? "" : active.expand(text) ?? text
    }

    /// A string, or nil for null.
    static func text(_ value: JSON, of member: String, term: String? = nil) throws(LDError) -> String? {
        switch value {
        case .null: return nil
        case .string(let text): return text
        default: throw .invalid(reason: "\(member) is neither a string nor null.", term: term)
        }
    }
}
