import Foundation

/// The parts of an endpoint's URI.
struct EndpointAddress: Sendable, Hashable {
    var scheme: String
    var host: String
    var port: Int
    var user: String?
    var password: String?
    /// Without the slash at its head.
    var path: String

    private static let ports = ["http": 80, "https": 443, "mqtt": 1_883, "mqtts": 8_883]

    /// Nil if it is no absolute URI of a kind that notifications go to.
    init?(_ text: String) {
        guard let parts = URLComponents(string: text), let scheme = parts.scheme?.lowercased(),
            let usual = Self.ports[scheme], let host = parts.host, !host.isEmpty
        else { return nil }
        self.scheme = scheme
        self.host = host
        port = parts.port ?? usual
        user = parts.user
        password = parts.password
        path = String(parts.path.drop { $0 == "/" })
    }

    /// A URI as people may see it: without user and password.
    static func hidingPassword(_ text: String) -> String {
        guard var parts = URLComponents(string: text), parts.user != nil || parts.password != nil else { return text }
        (parts.user, parts.password) = (nil, nil)
        return parts.string ?? ""
    }

    var isSecure: Bool { scheme == "https" || scheme == "mqtts" }
}
