import Storage

/// Everything that can be set, one struct per concern.
///
/// Flags stand over `HIGO_…` variables, these over `higo.yaml`, that over the defaults. Unknown keys are refused.
public struct Settings: Sendable {
    public var server: ServerSettings
    public var database: DatabaseSettings
    public var limits: LimitsSettings
    public var sessions: SessionSettings
    public var imports: ImportSettings
    public var audit: AuditSettings
    public var log: LogSettings
    public var notifications: NotificationSettings
    public var contexts: ContextSettings

    /// Every setting of every concern, for `--help`, the manual and tests.
    public static let fields: [SettingField] =
        ServerSettings.fields + DatabaseSettings.fields + LimitsSettings.fields + SessionSettings.fields
        + ImportSettings.fields + AuditSettings.fields + LogSettings.fields + NotificationSettings.fields
        + ContextSettings.fields

    /// Reads the layers. A refusal lists every fault at once, each with the place where it was set.
    /// - Parameters:
    ///   - flags: what was given on the command line, by key (`server.port`).
    ///   - file: the text of `higo.yaml`, if there is one.
    public init(
        flags: [String: String] = [:], environment: [String: String] = [:], file: String? = nil,
        fileName: String = "higo.yaml"
    ) throws(Refusal) {
        var layers = ConfigurationLayers(fields: Self.fields)
        layers.addBelow(flags.map { ($0.key, $0.value, "--\($0.key)") })
        layers.addEnvironment(environment)
        if let file { layers.addBelow(try ConfigurationFile.read(file, name: fileName)) }
        var reader = SettingsReader(layers, fields: Self.fields)
        server = ServerSettings(&reader)
        database = DatabaseSettings(&reader)
        limits = LimitsSettings(&reader)
        sessions = SessionSettings(&reader)
        imports = ImportSettings(&reader)
        audit = AuditSettings(&reader)
        log = LogSettings(&reader)
        notifications = NotificationSettings(&reader, server: server)
        contexts = ContextSettings(&reader, server: server)
        guard reader.faults.isEmpty else {
            let list = reader.faults.map { "\($0.pointer): \($0.detail)" }.joined(separator: " ")
            throw Refusal(.invalid, "The settings cannot be used. \(list)", faults: reader.faults)
        }
    }

    /// All settings as a Markdown table, for the manual.
    public static func reference() -> String {
        let rows = fields.map { field in
            let value = field.defaultValue.map { "`\($0)`" } ?? "–"
            let meaning = field.summary + (field.isSecret ? " Secret." : "")
            let cells = ["`\(field.key)`", "`\(field.environmentName)`", field.kind.rawValue, value, meaning]
            return "| " + cells.joined(separator: " | ") + " |"
        }
        return (["| key | variable | type | default | meaning |", "|---|---|---|---|---|"] + rows)
            .joined(separator: "\n") + "\n"
    }
}
