/// Where and how the server listens.
public struct ServerSettings: Sendable, Hashable {
    /// `server.host`, text, default `127.0.0.1`: the address to listen on.
    public var host: String
    /// `server.port`, integer, default `8080`: the port to listen on; 0 takes a free one.
    public var port: Int
    /// `server.open`, boolean, default `false`: clients without keys have all rights in Context; loopback only.
    public var isOpen: Bool
    /// `server.public-url`, url, default not set: the address that people use, for absolute links and Origin checks.
    public var publicURL: String?
    /// `server.stop-seconds`, seconds, default `20`: how long a stop waits for the requests that were taken.
    public var stopSeconds: Double

    /// Whether only this machine can reach it.
    public var isLoopback: Bool { ["127.0.0.1", "::1", "localhost"].contains(host) }

    static let fields = [
        SettingField("server.host", .text, default: "127.0.0.1", "The address to listen on."),
        SettingField("server.port", .integer, default: "8080", "The port to listen on; 0 takes a free one."),
        SettingField(
            "server.open", .boolean, default: "false",
            "Clients without keys have all rights in Context; only on a loopback address."),
        SettingField(
            "server.public-url", .url, "The address that people use, for absolute links and the check of the Origin."),
        SettingField(
            "server.stop-seconds", .seconds, default: "20", "How long a stop waits for the requests that were taken."),
    ]

    init(_ reader: inout SettingsReader) {
        host = reader.text("server.host")
        port = reader.integer("server.port", in: 0...65_535)
        isOpen = reader.boolean("server.open")
        publicURL = reader.optionalText("server.public-url")
        stopSeconds = reader.seconds("server.stop-seconds", in: 0...600)
        if let publicURL, !publicURL.hasPrefix("http://"), !publicURL.hasPrefix("https://") {
            reader.refuse("server.public-url", "must start with http:// or https://")
        }
        if isOpen, !isLoopback {
            reader.refuse("server.open", "is allowed only when server.host is a loopback address")
        }
    }
}
