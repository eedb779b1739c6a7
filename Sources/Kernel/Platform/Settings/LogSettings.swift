/// What the server writes to its log.
public struct LogSettings: Sendable, Hashable {
    public enum Level: String, Sendable, CaseIterable { case trace, debug, info, notice, warning, error, critical }

    /// `log.level`, text, default `info`: the least level that is written.
    public var level: Level
    /// `log.access`, boolean, default `true`: one line in JSON for each request.
    public var writesAccess: Bool

    static let fields = [
        SettingField("log.level", .text, default: "info", "The least level that is written: trace to critical."),
        SettingField("log.access", .boolean, default: "true", "One line in JSON for each request."),
    ]

    init(_ reader: inout SettingsReader) {
        level = reader.choice("log.level", Level.self) ?? .info
        writesAccess = reader.boolean("log.access")
    }
}
