import Platform

/// How the site listens and what it allows.
public struct SiteSettings: Sendable {
    public var host = "127.0.0.1"
    /// 0 lets the system choose.
    public var port = 8080
    /// Connections at once; more wait in the system's backlog.
    public var maximumConnections = 2_048
    /// Bytes of all header lines of a request; more is refused with 431.
    public var maximumHeaderBytes = 16_384
    /// The largest body of any route; routes may take less.
    public var maximumBodyBytes = 10_485_760
    /// Requests of cost `query` and `job` in flight at once; more are refused with 503.
    public var maximumQueries = 256
    /// The most items of one page of a list.
    public var maximumItems = 1_000
    /// Requests of cost `query` and `job` that one client may send in a minute; more are refused with 429. `nil`: no
    /// limit.
    public var queriesPerMinute: Int?
    /// Seconds in which a request must have come in whole; later is refused with 408.
    public var requestSeconds = 30.0
    /// Seconds after which a connection without a request is closed.
    public var idleSeconds = 60.0
    /// Seconds given to requests in flight when the server stops.
    public var shutdownSeconds = 20.0
    /// Seconds that a browser keeps a session's cookie.
    public var sessionSeconds = 43_200.0
    /// `https://data.example.jp`: what readers call the site if a proxy hides it; else the `Host` of each request.
    public var publicOrigin: String?
    /// The page to which people are sent who must sign in first.
    public var signInPath = "/sign-in"
    public var accessLog = AccessLogTarget.standardOutput
    /// Hosts of outside base maps, added to the content policy's `img-src` and `connect-src`.
    public var mapHosts: [String] = []
    /// Where JSON-LD contexts that clients name may be fetched.
    public var contexts = ContextSettings()

    public init() {}

    /// From the installation's settings.
    public init(_ settings: Settings) {
        host = settings.server.host
        port = settings.server.port
        maximumConnections = settings.limits.connections
        maximumHeaderBytes = settings.limits.headerBytes
        maximumBodyBytes = settings.limits.bodyBytes
        maximumItems = settings.limits.rows
        queriesPerMinute = settings.limits.queriesPerMinute ?? (settings.server.isLoopback ? nil : 1_200)
        requestSeconds = settings.limits.requestSeconds
        idleSeconds = settings.limits.idleSeconds
        shutdownSeconds = settings.server.stopSeconds
        sessionSeconds = settings.sessions.absoluteSeconds
        publicOrigin = settings.server.publicURL.map(Self.origin)
        contexts = settings.contexts
        accessLog = settings.log.writesAccess ? .standardOutput : .off
    }

    /// Readers reach the site over TLS: cookies are `Secure`, and browsers are told to stay with TLS.
    public var isSecure: Bool { publicOrigin?.hasPrefix("https://") ?? false }

    /// Scheme, host and port of an address.
    private static func origin(_ url: String) -> String {
        guard let scheme = url.firstRange(of: "://") else { return url }
        return String(url[..<scheme.upperBound] + url[scheme.upperBound...].prefix { $0 != "/" }).lowercased()
    }
}

/// Where access lines go.
public enum AccessLogTarget: Sendable, Hashable {
    case off
    case standardOutput
    case file(String)
}
