/// Where notifications of a subscription go, and how (ETSI GS CIM 009 clause 5.2.15).
public struct NotificationEndpoint: Sendable, Hashable {
    public enum Kind: String, Sendable, Hashable { case http, mqtt }

    /// `http`, `https`, `mqtt` or `mqtts`. May hold macros of NGSIv2.
    public var uri: String
    /// The media type asked for.
    public var accept: String
    /// Sent with each notification, in order (clause 5.2.22).
    public var receiverInfo: [(name: String, value: String)]
    /// For Higo alone, such as `MQTT-QoS`.
    public var notifierInfo: [(name: String, value: String)]
    /// Seconds without tries after a failure.
    public var cooldown: Double?
    /// Seconds that the receiver may take.
    public var timeout: Double?

    public init(
        uri: String, accept: String = "application/json", receiverInfo: [(name: String, value: String)] = [],
        notifierInfo: [(name: String, value: String)] = [], cooldown: Double? = nil, timeout: Double? = nil
    ) {
        self.uri = uri
        self.accept = accept
        self.receiverInfo = receiverInfo
        self.notifierInfo = notifierInfo
        self.cooldown = cooldown
        self.timeout = timeout
    }

    public var kind: Kind { uri.lowercased().hasPrefix("mqtt") ? .mqtt : .http }

    /// The value of a name in `notifierInfo`, whatever its case.
    func notifierValue(_ name: String) -> String? {
        notifierInfo.first { $0.name.lowercased() == name.lowercased() }?.value
    }

    public static func == (left: NotificationEndpoint, right: NotificationEndpoint) -> Bool {
        left.uri == right.uri && left.accept == right.accept && left.cooldown == right.cooldown
            && left.timeout == right.timeout && left.receiverInfo.elementsEqual(right.receiverInfo) { $0 == $1 }
            && left.notifierInfo.elementsEqual(right.notifierInfo) { $0 == $1 }
    }

    public func hash(into hasher: inout Hasher) { hasher.combine(uri) }
}
