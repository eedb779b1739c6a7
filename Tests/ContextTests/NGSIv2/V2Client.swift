import HTTPTypes
import HigoTesting
import JSON
import Testing

/// Sends requests as a client of NGSIv2 does.
struct V2Client: Sendable {
    let site: TestSite
    var persona = Persona.machine(may: writer)
    var service: String?
    var path: String?

    var headers: HTTPFields {
        var headers: HTTPFields = [:]
        if let service, let name = HTTPFieldName("Fiware-Service") { headers[name] = service }
        if let path, let name = HTTPFieldName("Fiware-ServicePath") { headers[name] = path }
        return headers
    }

    func at(_ path: String?, service: String? = nil) -> V2Client {
        V2Client(site: site, persona: persona, service: service ?? self.service, path: path)
    }

    func get(_ target: String, accept: String? = nil) async throws -> TestAnswer {
        try await site.get("/v2" + target, as: persona, accept: accept, headers: headers)
    }

    func send(_ method: HTTPRequest.Method, _ target: String, _ json: JSON) async throws -> TestAnswer {
        try await site.send(method, "/v2" + target, json: json, as: persona, headers: headers)
    }

    func text(_ target: String, _ body: String, type: String = "text/plain") async throws -> TestAnswer {
        var headers = headers
        headers[.contentType] = type
        return try await site.send(.put, "/v2" + target, as: persona, headers: headers, body: Array(body.utf8))
    }

    func delete(_ target: String) async throws -> TestAnswer {
        try await site.send(.delete, "/v2" + target, as: persona, headers: headers)
    }

    /// Creates an entity, which must succeed.
    func make(_ json: JSON, options: String = "") async throws {
        let made = try await send(.post, "/entities" + options, json)
        #expect(made.status == 201, "\(made.text)")
    }

    /// The values of the attributes of one entity.
    func values(_ id: String) async throws -> JSON {
        try await get("/entities/\(id)/attrs?options=keyValues").json
    }
}

/// Whether an answer is this error of Orion's.
func expectError(
    _ answer: TestAnswer, _ status: Int, _ error: String, _ description: String? = nil,
    at location: SourceLocation = #_sourceLocation
) {
    #expect(answer.status == status, "\(answer.text)", sourceLocation: location)
    #expect(answer.json["error"]?.stringValue == error, "\(answer.text)", sourceLocation: location)
    if let description {
        #expect(answer.json["description"]?.stringValue == description, sourceLocation: location)
    }
}
