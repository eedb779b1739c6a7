import HTTPTypes

/// The header fields that the server itself reads, found in one pass.
struct RequestFields {
    var accept: String?
    var acceptEncoding: String?
    var acceptLanguage: String?
    var authorization: String?
    var contentLength: String?
    var contentType: String?
    var cookie: String?
    var fetchSite: String?
    var ifNoneMatch: String?
    var key: String?
    var origin: String?
    var requestID: String?
    /// Bytes of all lines.
    var size = 0

    init(_ headers: HTTPFields) {
        for field in headers {
            size += field.name.rawName.utf8.count + field.value.utf8.count + 4
            read(field)
        }
    }

    @inline(__always)
    private mutating func read(_ field: HTTPField) {
        switch field.name.canonicalName {
        case "accept": accept = accept.map { "\($0), \(field.value)" } ?? field.value
        case "accept-encoding": acceptEncoding = field.value
        case "accept-language": acceptLanguage = field.value
        case "authorization": authorization = field.value
        case "content-length": contentLength = field.value
        case "content-type": contentType = field.value
        case "cookie": cookie = cookie.map { "\($0); \(field.value)" } ?? field.value
        case "if-none-match": ifNoneMatch = ifNoneMatch.map { "\($0), \(field.value)" } ?? field.value
        case "origin": origin = field.value
        case "sec-fetch-site": fetchSite = field.value
        case "x-auth-token": key = field.value
        case "x-request-id": requestID = field.value
        default: break
        }
    }

    func cookie(_ name: String) -> String? { cookie.flatMap { Cookie.value(of: name, in: $0) } }
}

extension HTTPField.Name {
    private static func named(_ name: String) -> HTTPField.Name { HTTPField.Name(name) ?? .via }

    static let requestID = named("X-Request-ID")
    static let frameOptions = named("X-Frame-Options")
    static let referrerPolicy = named("Referrer-Policy")
    static let permissionsPolicy = named("Permissions-Policy")
    static let openerPolicy = named("Cross-Origin-Opener-Policy")
    static let formToken = named("X-Form-Token")
}
