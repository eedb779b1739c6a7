/// Why a context cannot be used.
public enum LDError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The context is no JSON-LD 1.1 context. `term` is where, if it is a term's definition.
    case invalid(reason: String, term: String? = nil)
    /// A term brings a context of its own, which NGSI-LD forbids (ETSI GS CIM 009 clause 5.5.7).
    case scopedContext(term: String)
    /// Contexts include each other in a circle.
    case loop(address: String)
    /// Contexts include contexts more levels deep than allowed.
    case tooDeep(levels: Int)
    /// More documents or terms than allowed.
    case tooLarge(reason: String)
    /// A remote context cannot be had, or what came is none.
    case unavailable(address: String, reason: String)

    public var description: String {
        switch self {
        case .invalid(let reason, nil): "The @context is not valid: \(reason)"
        case .invalid(let reason, let term?): "The @context is not valid at the term “\(term)”: \(reason)"
        case .scopedContext(let term):
            "The term “\(term)” has a @context of its own. Scoped contexts are not allowed; define its terms at the top."
        case .loop(let address): "The @context \(address) includes itself, directly or through others."
        case .tooDeep(let levels): "Contexts include each other more than \(levels) levels deep."
        case .tooLarge(let reason): "The @context is too large: \(reason)"
        case .unavailable(let address, let reason): "The @context \(address) is not available: \(reason)"
        }
    }

    /// Whether the fault lies with a remote document and not with the request.
    public var isUnavailable: Bool { if case .unavailable = self { true } else { false } }
}
