import HTTPTypes
import HigoTesting
import JSON
import Testing

/// Sends requests as a client of NGSI-LD does.
struct NGSIClient: Sendable {
    static let relation = "http://www.w3.org/ns/json-ld#context"

    let site: TestSite
    var persona = Persona.machine(may: writer)
    var tenant: String?
    /// The address of the `Link` header.
    var context: String?

    var headers: HTTPFields {
        var headers: HTTPFields = [:]
        if let tenant, let name = HTTPFieldName("NGSILD-Tenant") { headers[name] = tenant }
        if let context, let name = HTTPFieldName("Link") {
            headers[name] = "<\(context)>; rel=\"\(Self.relation)\"; type=\"application/ld+json\""
        }
        return headers
    }

    func with(context: String? = nil, tenant: String? = nil, as persona: Persona? = nil) -> NGSIClient {
        NGSIClient(
            site: site, persona: persona ?? self.persona, tenant: tenant ?? self.tenant,
            context: context ?? self.context)
    }

    func get(_ target: String, accept: String? = nil, headers more: HTTPFields = [:]) async throws -> TestAnswer {
        var headers = headers
        for field in more { headers[field.name] = field.value }
        return try await site.get("/ngsi-ld/v1" + target, as: persona, accept: accept, headers: headers)
    }

    func send(
        _ method: HTTPRequest.Method, _ target: String, _ json: JSON, type: String = "application/json"
    ) async throws -> TestAnswer {
        try await site.send(method, "/ngsi-ld/v1" + target, json: json, as: persona, type: type, headers: headers)
    }

    func delete(_ target: String) async throws -> TestAnswer {
        try await site.send(.delete, "/ngsi-ld/v1" + target, as: persona, headers: headers)
    }

    /// Creates an entity, which must succeed.
    func make(_ json: JSON, type: String = "application/json", at location: SourceLocation = #_sourceLocation)
        async throws
    {
        let made = try await send(.post, "/entities", json, type: type)
        #expect(made.status == 201, "\(made.text)", sourceLocation: location)
    }

    /// One entity as it is stored for the core context.
    func entity(_ id: String) async throws -> JSON {
        try await NGSIClient(site: site, persona: persona, tenant: tenant).get("/entities/\(id)").json
    }
}

/// Whether an answer is this error of the standard's.
func expectNGSI(
    _ answer: TestAnswer, _ status: Int, _ error: String, _ comment: Comment? = nil,
    at location: SourceLocation = #_sourceLocation
) {
    #expect(answer.status == status, comment ?? "\(answer.text)", sourceLocation: location)
    #expect(
        answer.json["type"] == .string("https://uri.etsi.org/ngsi-ld/errors/\(error)"), comment ?? "\(answer.text)",
        sourceLocation: location)
}

extension JSON {
    /// The ids of a list of entities.
    var ids: [String] { arrayValue?.compactMap { $0["id"]?.stringValue } ?? [] }
}
