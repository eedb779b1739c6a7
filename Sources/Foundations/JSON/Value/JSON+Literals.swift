extension JSON: ExpressibleByNilLiteral {
    public init(nilLiteral: ()) { self = .null }
}

extension JSON: ExpressibleByBooleanLiteral {
    public init(booleanLiteral value: Bool) { self = .bool(value) }
}

extension JSON: ExpressibleByIntegerLiteral {
    public init(integerLiteral value: Int64) { self = .int(value) }
}

extension JSON: ExpressibleByFloatLiteral {
    /// A literal that is infinite, such as `1e999`, is null: JSON has no word for it.
    public init(floatLiteral value: Double) { self = JSON(value) ?? .null }
}

extension JSON: ExpressibleByStringLiteral, ExpressibleByStringInterpolation {
    public init(stringLiteral value: String) { self = .string(value) }
}

extension JSON: ExpressibleByArrayLiteral {
    public init(arrayLiteral elements: JSON...) { self = .array(elements) }
}

extension JSON: ExpressibleByDictionaryLiteral {
    /// Of equal names the last value stands.
    public init(dictionaryLiteral elements: (String, JSON)...) {
        self = .object(JSONObject(elements.map { JSONObject.Member($0.0, $0.1) }))
    }
}

extension JSON {
    /// A number, or nil for infinities and NaN, which JSON cannot write.
    ///
    /// Whole numbers below 2⁵³ become integers (`5.0` is written `5`, as ECMAScript does), others the shortest digits
    /// that read back as the same double.
    public init?(_ value: Double) {
        guard value.isFinite else { return nil }
        let isSafeInteger = value.rounded() == value && value.magnitude < 0x1p53
        if isSafeInteger, value != 0 || value.sign == .plus {
            self = .int(Int64(value))
        } else {
            self = .number(value.description)
        }
    }

    public init(_ value: Bool) { self = .bool(value) }
    public init(_ value: Int) { self = .int(Int64(value)) }
    public init(_ value: Int64) { self = .int(value) }
    public init(_ value: String) { self = .string(value) }

    /// A string, or null.
    public init(_ value: String?) { self = value.map(JSON.string) ?? .null }
    /// An integer, or null.
    public init(_ value: Int?) { self = value.map { .int(Int64($0)) } ?? .null }
}
