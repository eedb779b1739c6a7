/// How much one client may ask for.
public struct LimitsSettings: Sendable, Hashable {
    /// `limits.body`, bytes, default `10MiB`: the largest body of a request that takes one; routes may take less.
    public var bodyBytes: Int
    /// `limits.headers`, bytes, default `16KiB`: all header fields of a request together.
    public var headerBytes: Int
    /// `limits.request-seconds`, seconds, default `30`: how long a request may take to arrive.
    public var requestSeconds: Double
    /// `limits.idle-seconds`, seconds, default `60`: how long a connection may stay open without a request.
    public var idleSeconds: Double
    /// `limits.connections`, integer, default `2048`: connections open at a time.
    public var connections: Int
    /// `limits.query-seconds`, seconds, default `2`: how long a query may run for a request.
    public var querySeconds: Double
    /// `limits.queries-per-minute`, integer, default `1200`, on a loopback address none: how many queries one client may
    /// ask for in a minute; 0 sets no limit.
    public var queriesPerMinute: Int?
    /// `limits.rows`, integer, default `1000`: the most items of one page of a list.
    public var rows: Int

    static let fields = [
        SettingField(
            "limits.body", .bytes, default: "10MiB",
            "The largest body of a request that takes one; routes may take less."),
        SettingField("limits.headers", .bytes, default: "16KiB", "All header fields of a request together."),
        SettingField("limits.request-seconds", .seconds, default: "30", "How long a request may take to arrive."),
        SettingField(
            "limits.idle-seconds", .seconds, default: "60", "How long a connection may stay open without a request."),
        SettingField("limits.connections", .integer, default: "2048", "Connections open at a time."),
        SettingField("limits.query-seconds", .seconds, default: "2", "How long a query may run for a request."),
        SettingField(
            "limits.queries-per-minute", .integer,
            "How many queries one client may ask for in a minute, 0 for any number (1200; on a loopback address 0)."),
        SettingField("limits.rows", .integer, default: "1000", "The most items of one page of a list."),
    ]

    init(_ reader: inout SettingsReader) {
        bodyBytes = reader.bytes("limits.body", in: 1_024...(1 << 30))
        headerBytes = reader.bytes("limits.headers", in: 1_024...(1 << 20))
        requestSeconds = reader.seconds("limits.request-seconds", in: 1...3_600)
        idleSeconds = reader.seconds("limits.idle-seconds", in: 1...3_600)
        connections = reader.integer("limits.connections", in: 1...100_000)
        querySeconds = reader.seconds("limits.query-seconds", in: 0.1...300)
        queriesPerMinute = reader.optionalInteger("limits.queries-per-minute", in: 0...1_000_000)
        rows = reader.integer("limits.rows", in: 1...10_000)
    }
}
