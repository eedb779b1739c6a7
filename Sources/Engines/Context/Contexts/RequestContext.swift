import JSON
import LinkedData
import Storage

/// What the names of a request mean: its `@context` (ETSI GS CIM 009 clause 5.5.7), made ready for looking names up.
struct RequestContext: Sendable {
    /// No context was given, or the core context alone.
    static let core = RequestContext(names: .core, source: nil)

    let names: StoredNames
    /// The context as the client gave it; nil if it gave none.
    let source: JSON?

    private static let address = JSON.string(CoreContext.address)
    private static let coreLink = ContextLink.header(CoreContext.address)

    /// The stored form of a type's or attribute's name. Refuses one that the context takes the meaning from.
    func stored(_ name: String) throws(Refusal) -> String {
        guard let stored = names.stored(name) else {
            throw Refusal(
                .badRequest, "'\(name.prefix(100))' is no name of a type or an attribute here.",
                faults: [.init(String(name.prefix(100)), "Use a term that the @context defines, or an IRI.")])
        }
        return stored
    }

    /// For expressions, in which a name that means nothing finds nothing.
    func storedOrSame(_ name: String) -> String { names.stored(name) ?? name }

    /// Whether names go through as they are.
    var isCore: Bool { names.isCore }

    /// A URI, made whole if it is a compact one.
    func reference(_ text: String) -> String { names.reference(text) }

    /// `@id` or `@type`, if a name stands for it.
    func keyword(_ name: String) -> String? { names.keyword(name) }

    /// The client's name of a stored one.
    func compact(_ stored: String) -> String { names.compact(stored) }

    /// `@context` of answers that carry it: the client's parts, then the core context, which stands over them.
    var member: JSON {
        guard let source else { return Self.address }
        let parts = (source.arrayValue ?? [source]).filter { !Self.isCore($0) }
        return parts.isEmpty ? Self.address : .array(parts + [Self.address])
    }

    /// A JSON-LD answer: an object with the context first, or an array of such.
    func adding(to json: JSON) -> JSON {
        switch json {
        case .object(let object): .object(JSONObject([.init("@context", member)] + object.members))
        case .array(let elements): .array(elements.map(adding))
        default: json
        }
    }

    /// The IRI of a stored name.
    static func iri(_ stored: String) -> String { StoredNames.iri(of: stored) }

    /// The one address that a `Link` header can name; nil if the context is more than that.
    private var linkedAddress: String? {
        guard let source else { return CoreContext.address }
        let parts = (source.arrayValue ?? [source]).filter { !Self.isCore($0) }
        if parts.isEmpty { return CoreContext.address }
        return parts.count == 1 ? parts[0].stringValue : nil
    }

    /// What answers in `application/json` are compacted with: a `Link` header names one address, so that a context
    /// with several parts cannot be told there.
    var linked: RequestContext { linkedAddress == nil ? .core : self }

    /// The `Link` header of such answers (clause 6.3.5).
    var linkHeader: String {
        source == nil ? Self.coreLink : ContextLink.header(linkedAddress ?? CoreContext.address)
    }

    private static func isCore(_ part: JSON) -> Bool {
        part.stringValue.map { CoreVersion(address: $0) != nil } ?? false
    }
}
