import Entities
import HTTPTypes
import Storage
import Web

extension HTTPField.Name {
    /// Which space a request means (ETSI GS CIM 009 clause 6.3.14); `area`, shared by all bodies, without it.
    static let ngsiTenant = HTTPField.Name("NGSILD-Tenant")
    static let ngsiCount = HTTPField.Name("NGSILD-Results-Count")
}

/// The space of a request.
struct NGSISpace {
    /// The space that all bodies share.
    static let shared = "area"

    let name: String
    let isNamed: Bool

    init(_ call: Call) {
        let header = HTTPField.Name.ngsiTenant.flatMap { call.headers[$0] } ?? ""
        name = header.isEmpty ? Self.shared : header
        isNamed = !header.isEmpty
    }

    /// Refuses to read from a space that does not exist.
    func requireExisting(_ call: Call, _ store: EntityStore) async throws(Refusal) {
        guard isNamed else { return }
        guard try await store.hasSpace(call.context, name) else {
            throw Refusal(
                .notFound, "There is no tenant '\(name)'.",
                faults: [.init(NGSIError.tenantHeader, "Leave the header out for the area's shared data.")])
        }
    }

    /// The answer with the header that the request had.
    func mark(_ answer: Answer) -> Answer {
        guard isNamed, let field = HTTPField.Name.ngsiTenant else { return answer }
        var answer = answer
        answer.headers[field] = name
        return answer
    }
}
