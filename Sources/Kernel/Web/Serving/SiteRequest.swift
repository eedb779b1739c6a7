import HTTPTypes

/// A request as it came in, before anything is believed of it.
public struct SiteRequest: Sendable {
    public var method: HTTPRequest.Method
    /// Path and query, percent-encoded.
    public var target: String
    /// The `Host` of the request.
    public var authority: String
    public var headers: HTTPFields
    public var body: Body
    /// Who is at the other end, for the access log; asked when the line is written.
    public var client: @Sendable () -> String?

    public enum Body: Sendable {
        case bytes([UInt8])
        /// Still on its way: reads it whole, or refuses with `too-large` beyond the limit.
        case incoming(@Sendable (_ limit: Int) async throws -> [UInt8])
    }

    public init(
        _ method: HTTPRequest.Method, _ target: String, authority: String = "localhost", headers: HTTPFields = [:],
        body: Body = .bytes([]), client: @escaping @Sendable () -> String? = { nil }
    ) {
        self.method = method
        self.target = target
        self.authority = authority
        self.headers = headers
        self.body = body
        self.client = client
    }
}
