/// Whom notifications of subscriptions may be sent to, and how.
public struct NotificationSettings: Sendable, Hashable {
    /// `notifications.private-addresses`, text, default empty: hosts, addresses or networks that notifications may be
    /// sent to although they are not public, such as `10.1.0.0/16,broker.lan`; `*` for all. With `server.open` loopback
    /// is allowed besides.
    public var privateAddresses: [String]
    /// Whether notifications may go to this machine itself; set with `server.open`.
    public var allowsLoopback: Bool
    /// `notifications.timeout-seconds`, seconds, default `10`: how long a receiver may take if its subscription does
    /// not say.
    public var timeoutSeconds: Double
    /// `notifications.tries`, integer, default `8`: tries before a notification is put aside for people to look at.
    public var tries: Int
    /// `notifications.connections`, integer, default `16`: connections to one receiver at a time.
    public var connections: Int
    /// `notifications.mqtt-ca-file`, path, default not set: the authorities that MQTT brokers' certificates come from;
    /// the system's own without it.
    public var mqttCAFile: String?

    static let fields = [
        SettingField(
            "notifications.private-addresses", .text, default: "",
            "Hosts, addresses or networks that are not public and may get notifications, by comma; * for all."),
        SettingField(
            "notifications.timeout-seconds", .seconds, default: "10",
            "How long a receiver may take if its subscription does not say."),
        SettingField(
            "notifications.tries", .integer, default: "8", "Tries before a notification is put aside, to be replayed."),
        SettingField("notifications.connections", .integer, default: "16", "Connections to one receiver at a time."),
        SettingField(
            "notifications.mqtt-ca-file", .path,
            "The authorities that MQTT brokers' certificates come from, as PEM; the system's own without it."),
    ]

    public init(
        privateAddresses: [String] = [], allowsLoopback: Bool = false, timeoutSeconds: Double = 10, tries: Int = 8,
        connections: Int = 16, mqttCAFile: String? = nil
    ) {
        self.privateAddresses = privateAddresses
        self.allowsLoopback = allowsLoopback
        self.timeoutSeconds = timeoutSeconds
        self.tries = tries
        self.connections = connections
        self.mqttCAFile = mqttCAFile
    }

    init(_ reader: inout SettingsReader, server: ServerSettings) {
        privateAddresses = (reader.optionalText("notifications.private-addresses") ?? "")
            .split(separator: ",").map { String($0.filter { $0 != " " }) }
        allowsLoopback = server.isOpen
        timeoutSeconds = reader.seconds("notifications.timeout-seconds", in: 0.1...300)
        tries = reader.integer("notifications.tries", in: 1...100)
        connections = reader.integer("notifications.connections", in: 1...256)
        mqttCAFile = reader.optionalText("notifications.mqtt-ca-file")
    }
}
