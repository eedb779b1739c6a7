/// One setting as it is documented: `higo help settings`, the manual and error messages come from this.
public struct SettingField: Sendable, Hashable {
    public enum Kind: String, Sendable {
        case text, path, url, integer, number, seconds, bytes, boolean
    }

    /// `server.port`: the place in `higo.yaml`.
    public var key: String
    public var kind: Kind
    /// As it would be written; `nil`: not set.
    public var defaultValue: String?
    public var summary: String
    /// Never printed: shown as `•••`.
    public var isSecret: Bool

    init(
        _ key: String, _ kind: Kind, default defaultValue: String? = nil, secret: Bool = false, _ summary: String
    ) {
        self.key = key
        self.kind = kind
        self.defaultValue = defaultValue
        self.summary = summary
        self.isSecret = secret
    }

    /// `HIGO_SERVER_PORT`: the variable that sets it.
    public var environmentName: String {
        "HIGO_" + key.uppercased().map { $0 == "." || $0 == "-" ? "_" : String($0) }.joined()
    }
}
