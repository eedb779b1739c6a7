import Storage

/// A set of permissions that a person can be given, for a tenant or for one of its units.
public struct Role: RawRepresentable, Sendable, Hashable, CaseIterable {
    public var rawValue: String

    public init(rawValue: String) { self.rawValue = rawValue }

    /// Everything, accounts and keys included.
    public static let administrator = Role(rawValue: "administrator")
    /// What an editor may, and makes things public.
    public static let publisher = Role(rawValue: "publisher")
    /// Imports and writes data.
    public static let editor = Role(rawValue: "editor")
    /// Reads what is not public.
    public static let viewer = Role(rawValue: "viewer")
    /// Reads and verifies the audit, and nothing else.
    public static let auditor = Role(rawValue: "auditor")

    public static let allCases: [Role] = [.administrator, .publisher, .editor, .viewer, .auditor]

    /// Who holds a permission whose declaration does not say: by its last word.
    ///
    /// Reading is for all but auditors, writing for editors and publishers, publishing for publishers; anything else
    /// (`manage`, `act`) for administrators, who hold every permission anyway.
    static func holders(of permission: Permission) -> Set<Role> {
        switch permission.rawValue.split(separator: ".").last.map(String.init) {
        case "read", "view": [.administrator, .publisher, .editor, .viewer]
        case "write", "create", "update", "delete", "import", "run": [.administrator, .publisher, .editor]
        case "publish": [.administrator, .publisher]
        default: [.administrator]
        }
    }
}
