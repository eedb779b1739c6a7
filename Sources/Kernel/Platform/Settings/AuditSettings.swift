/// How the audit chain is sealed.
public struct AuditSettings: Sendable, Hashable {
    /// `audit.key-file`, path, default `audit.key` in the database folder: the Ed25519 key of the checkpoints.
    public var keyFile: String?
    /// `audit.seal-seconds`, seconds, default `1`: how often new rows join the chain.
    public var sealSeconds: Double
    /// `audit.checkpoint-seconds`, seconds, default `60`: how often the chain's head is signed.
    public var checkpointSeconds: Double

    static let fields = [
        SettingField(
            "audit.key-file", .path,
            "The Ed25519 key that signs the checkpoints; if not set, audit.key in the database folder."),
        SettingField("audit.seal-seconds", .seconds, default: "1", "How often new rows join the chain."),
        SettingField("audit.checkpoint-seconds", .seconds, default: "60", "How often the chain's head is signed."),
    ]

    init(_ reader: inout SettingsReader) {
        keyFile = reader.optionalText("audit.key-file")
        sealSeconds = reader.seconds("audit.seal-seconds", in: 0.1...60)
        checkpointSeconds = reader.seconds("audit.checkpoint-seconds", in: 1...3_600)
    }
}
