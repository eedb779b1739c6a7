/// Where JSON-LD contexts that clients name may be fetched, and how much of them.
public struct ContextSettings: Sendable, Hashable {
    /// `contexts.mapping`, text, default empty: rules `prefix folder` or `prefix address`, one a line or separated by
    /// `;`. A context whose address begins with the prefix is read there instead: a closed network has no internet.
    public var mapping: String
    /// `contexts.private-addresses`, text, default empty: hosts, addresses or networks that contexts may be fetched from
    /// although they are not public, such as `10.1.0.0/16,contexts.lan`; `*` for all.
    public var privateAddresses: [String]
    /// Whether contexts may come from this machine itself; set with `server.open`.
    public var allowsLoopback: Bool
    /// `contexts.timeout-seconds`, seconds, default `5`: how long fetching one context may take.
    public var timeoutSeconds: Double
    /// `contexts.largest`, bytes, default `2MiB`: the largest context that is taken.
    public var largestBytes: Int

    static let fields = [
        SettingField(
            "contexts.mapping", .text, default: "",
            "Rules `prefix folder` or `prefix address`, separated by `;`: where contexts are read instead."),
        SettingField(
            "contexts.private-addresses", .text, default: "",
            "Hosts, addresses or networks that are not public and may give contexts, by comma; * for all."),
        SettingField("contexts.timeout-seconds", .seconds, default: "5", "How long fetching one context may take."),
        SettingField("contexts.largest", .bytes, default: "2MiB", "The largest context that is taken."),
    ]

    public init(
        mapping: String = "", privateAddresses: [String] = [], allowsLoopback: Bool = false,
        timeoutSeconds: Double = 5, largestBytes: Int = 2 << 20
    ) {
        self.mapping = mapping
        self.privateAddresses = privateAddresses
        self.allowsLoopback = allowsLoopback
        self.timeoutSeconds = timeoutSeconds
        self.largestBytes = largestBytes
    }

    init(_ reader: inout SettingsReader, server: ServerSettings) {
        mapping = reader.optionalText("contexts.mapping") ?? ""
        privateAddresses = (reader.optionalText("contexts.private-addresses") ?? "")
            .split(separator: ",").map { String($0.filter { $0 != " " }) }
        allowsLoopback = server.isOpen
        timeoutSeconds = reader.seconds("contexts.timeout-seconds", in: 0.1...60)
        largestBytes = reader.bytes("contexts.largest", in: 1_024...(64 << 20))
    }
}
