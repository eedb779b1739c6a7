import HTTPTypes
import JSON
import LinkedData
import Storage
import Web

/// The only JSON-LD context that is known yet: NGSI-LD's own (ETSI GS CIM 009 annex B), which leaves all other terms as
/// they are.
enum CoreContext {
    static let address = CoreVersion.current.address
    static let linkHeader =
        "<\(address)>; rel=\"http://www.w3.org/ns/json-ld#context\"; type=\"application/ld+json\""
    private static let relation = "http://www.w3.org/ns/json-ld#context"
    private static let prefix = "https://uri.etsi.org/ngsi-ld/v1/ngsi-ld-core-context"

    /// Refuses a `Link` header that names another context.
    static func checkLink(_ call: Call) throws(Refusal) {
        guard let header = HTTPField.Name("Link").flatMap({ call.headers[$0] }), header.contains(relation) else {
            return
        }
        let target = header.drop { $0 != "<" }.dropFirst().prefix { $0 != ">" }
        try check(.string(String(target)))
    }

    /// Refuses an `@context` that holds anything else than the core context.
    static func check(_ context: JSON) throws(Refusal) {
        for part in context.arrayValue ?? [context] {
            guard let address = part.stringValue, isCore(address) else {
                throw Refusal(
                    .unavailable, "This @context is not to be had here: only NGSI-LD's core context is known.",
                    faults: [.init(NGSIError.contextPointer, "Use \(address).")])
            }
        }
    }

    /// A name in stored form: what the core context leaves in its default vocabulary goes without it.
    static func stored(_ name: String) -> String {
        let vocabulary = "https://uri.etsi.org/ngsi-ld/default-context/"
        return name.hasPrefix(vocabulary) ? String(name.dropFirst(vocabulary.count)) : name
    }

    private static func isCore(_ address: String) -> Bool {
        address.hasPrefix(prefix) && address.hasSuffix(".jsonld")
            || address.hasPrefix("http://uri.etsi.org/ngsi-ld/v1/ngsi-ld-core-context")
    }
}
