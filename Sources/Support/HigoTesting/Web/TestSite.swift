import HTTPTypes
import JSON
import Storage
import Web

/// The site of some modules on fresh databases. Whole requests go in and whole answers come out, without a socket.
public struct TestSite: Sendable {
    public let site: Site
    public let ports: Ports
    public let clock: TestClock
    let authenticator: PersonaAuthenticator

    /// Sends a request.
    public func send(
        _ method: HTTPRequest.Method, _ target: String, as persona: Persona = .anonymous,
        headers: HTTPFields = [:], body: [UInt8] = []
    ) async throws -> TestAnswer {
        var headers = headers
        authenticator.learn(persona)
        switch persona.way {
        case .none: break
        case .key: headers[.authorization] = "Bearer \(persona.token)"
        case .session: headers.append(HTTPField(name: .cookie, value: "\(CookieName.session)=\(persona.token)"))
        }
        let request = SiteRequest(method, target, authority: Self.authority, headers: headers, body: .bytes(body))
        return try await TestAnswer(await site.answer(request))
    }

    /// `accept`: the `Accept` header, such as `text/html`.
    public func get(
        _ target: String, as persona: Persona = .anonymous, accept: String? = nil, headers: HTTPFields = [:]
    ) async throws -> TestAnswer {
        var headers = headers
        if let accept { headers[.accept] = accept }
        return try await send(.get, target, as: persona, headers: headers)
    }

    /// Sends JSON by any method.
    public func send(
        _ method: HTTPRequest.Method, _ target: String, json: JSON, as persona: Persona = .anonymous,
        type: String = "application/json", headers: HTTPFields = [:]
    ) async throws -> TestAnswer {
        var headers = headers
        headers[.contentType] = type
        if persona.way == .session { addFormProof(of: persona, to: &headers) }
        return try await send(method, target, as: persona, headers: headers, body: json.bytes)
    }

    /// Sends a form as the page's own: with `Origin` and, for a signed-in persona, the form token.
    public func submit(
        _ target: String, _ fields: [(String, String)] = [], as persona: Persona = .anonymous, headers: HTTPFields = [:]
    ) async throws -> TestAnswer {
        var headers = headers
        headers[.contentType] = "application/x-www-form-urlencoded"
        headers[.origin] = Self.origin
        let token = persona.way == .session ? [(Form.tokenField, persona.session.formToken)] : []
        let body = (fields + token).map { "\(Self.encoded($0.0))=\(Self.encoded($0.1))" }.joined(separator: "&")
        return try await send(.post, target, as: persona, headers: headers, body: Array(body.utf8))
    }

    /// Sends a form with files.
    public func upload(
        _ target: String, fields: [(String, String)] = [], files: [Form.File], as persona: Persona = .anonymous
    ) async throws -> TestAnswer {
        let token = persona.way == .session ? [(Form.tokenField, persona.session.formToken)] : []
        let (type, body) = MultipartText.make(fields: fields + token, files: files)
        return try await send(
            .post, target, as: persona, headers: [.contentType: type, .origin: Self.origin], body: body)
    }

    public static let authority = "higo.test"
    public static let origin = "http://higo.test"

    private func addFormProof(of persona: Persona, to headers: inout HTTPFields) {
        headers[.origin] = headers[.origin] ?? Self.origin
        if let name = HTTPField.Name("X-Form-Token") { headers[name] = persona.session.formToken }
    }

    private static func encoded(_ text: String) -> String { Call.percentEncoded(text, keeping: "") }
}

/// Writes `multipart/form-data`.
enum MultipartText {
    static func make(fields: [(String, String)], files: [Form.File]) -> (type: String, body: [UInt8]) {
        let boundary = "higo-test-boundary"
        var body: [UInt8] = []
        for (name, value) in fields {
            body += Array("--\(boundary)\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n".utf8)
        }
        for file in files {
            let disposition = "form-data; name=\"\(file.field)\"; filename=\"\(file.name)\""
            body += Array(
                "--\(boundary)\r\nContent-Disposition: \(disposition)\r\nContent-Type: \(file.mediaType)\r\n\r\n".utf8)
            body += file.bytes + [13, 10]
        }
        return ("multipart/form-data; boundary=\(boundary)", body + Array("--\(boundary)--\r\n".utf8))
    }
}
