extension JSON {
    public var type: JSONType {
        switch self {
        case .null: .null
        case .bool: .boolean
        case .int, .number: .number
        case .string: .string
        case .array: .array
        case .object: .object
        }
    }

    public var isNull: Bool { self == .null }

    public var boolValue: Bool? {
        if case .bool(let value) = self { value } else { nil }
    }

    public var stringValue: String? {
        if case .string(let value) = self { value } else { nil }
    }

    public var arrayValue: [JSON]? {
        if case .array(let value) = self { value } else { nil }
    }

    public var objectValue: JSONObject? {
        if case .object(let value) = self { value } else { nil }
    }

    /// The number with its digits; nil for other types.
    public var numberValue: JSONNumber? {
        switch self {
        case .int(let value): JSONNumber(value)
        case .number(let digits): JSONNumber(digits)
        default: nil
        }
    }

    /// The value of a whole number that fits in 64 bits, however it is written (`12`, `12.0`, `1.2e1`); else nil.
    public var intValue: Int? {
        if case .int(let value) = self { return Int(value) }
        return numberValue?.int64Value.map { Int($0) }
    }

    /// The nearest double of a number; nil for other types and for numbers beyond its range.
    public var doubleValue: Double? {
        if case .int(let value) = self { return Double(value) }
        return numberValue?.doubleValue
    }

    /// The value of an object's member; nil if there is none or this is no object. Setting on a null makes it an
    /// object; setting on any other type does nothing.
    public subscript(name: String) -> JSON? {
        get { objectValue?[name] }
        set {
            switch self {
            case .object(var object):
                self = .null
                object[name] = newValue
                self = .object(object)
            case .null: self = .object(JSONObject(newValue.map { [JSONObject.Member(name, $0)] } ?? []))
            default: break
            }
        }
    }

    /// The element of an array; nil if there is none or this is no array. Setting where there is none does nothing.
    public subscript(index: Int) -> JSON? {
        get {
            guard case .array(let elements) = self, elements.indices.contains(index) else { return nil }
            return elements[index]
        }
        set {
            guard case .array(var elements) = self, elements.indices.contains(index) else { return }
            self = .null
            if let newValue { elements[index] = newValue } else { elements.remove(at: index) }
            self = .array(elements)
        }
    }
}
