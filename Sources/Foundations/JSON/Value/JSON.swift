/// A JSON text as a value (RFC 8259): members keep their order, numbers keep their digits.
public enum JSON: Sendable, Hashable {
    case null
    case bool(Bool)
    /// An integer that fits in 64 bits and whose digits are the canonical ones (so `-0`, `1.0` and `1e2` are `number`s).
    case int(Int64)
    /// Any other number, as the digits were written.
    case number(String)
    case string(String)
    case array([JSON])
    case object(JSONObject)
}
