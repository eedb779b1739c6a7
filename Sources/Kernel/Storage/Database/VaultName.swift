/// The checked name of a vault: it becomes part of paths and schema names.
package struct VaultName: Sendable, Hashable {
    package var tenant: String
    package var provider: String

    /// Refuses with `invalid` what is not 1 to 24 small letters, digits and `-`.
    package init(tenant: TenantID, provider: String) throws(Refusal) {
        for name in [tenant.rawValue, provider] where !Self.isPlain(name) {
            throw Refusal(.invalid, "'\(name)' cannot name a vault: use 1 to 24 of a-z, 0-9 and '-'.")
        }
        self.tenant = tenant.rawValue
        self.provider = provider
    }

    package func path(in folder: String) -> String { "\(folder)/vaults/\(tenant)/\(provider).db" }

    package func schema(prefix: String) -> String { "\(prefix)vault_\(tenant)_\(provider)" }

    /// The vault whose schema this is.
    package init?(schema: String, prefix: String) {
        guard schema.hasPrefix(prefix + "vault_") else { return nil }
        let parts = schema.dropFirst(prefix.count + 6).split(separator: "_")
        guard parts.count == 2 else { return nil }
        tenant = String(parts[0])
        provider = String(parts[1])
    }

    private static func isPlain(_ name: String) -> Bool {
        (1...24).contains(name.utf8.count)
            && name.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
                    UInt8(ascii: "-"):
                    true
                default: false
                }
            }
    }
}

/// Seconds that a query may take, waiting included.
public struct QueryDeadlines: Sendable, Hashable {
    public var request: Double
    public var system: Double

    public init(request: Double = 2, system: Double = 30) {
        self.request = request
        self.system = system
    }
}
