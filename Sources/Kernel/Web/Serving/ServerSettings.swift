/// How the server listens and what it allows.
public struct ServerSettings: Sendable {
    public var host = "127.0.0.1"
    /// 0 lets the system choose.
    public var port = 8080
    /// Connections at once; more wait in the system's backlog.
    public var maximumConnections = 4_096
    /// Bytes of all header lines of a request; more is refused with 431.
    public var maximumHeaderBytes = 32_768
    /// Requests of cost `query` and `job` in flight at once; more are refused with 503.
    public var maximumQueries = 256
    /// Seconds in which a request must have come in whole; later is refused with 408.
    public var requestSeconds = 30.0
    /// Seconds after which a connection without a request is closed.
    public var idleSeconds = 60.0
    /// Seconds given to requests in flight when the server stops.
    public var shutdownSeconds = 20.0
    /// Readers reach the site over TLS: cookies are `Secure`, and browsers are told to stay with TLS.
    public var isSecure = false
    /// `https://data.example.jp`: what readers call the site if a proxy hides it; else the `Host` of each request.
    public var publicOrigin: String?
    /// The page to which people are sent who must sign in first.
    public var signInPath = "/sign-in"
    public var accessLog = AccessLogTarget.standardOutput
    /// Hosts of outside base maps, added to the content policy's `img-src` and `connect-src`.
    public var mapHosts: [String] = []

    public init() {}
}

/// Where access lines go.
public enum AccessLogTarget: Sendable, Hashable {
    case off
    case standardOutput
    case file(String)
}
