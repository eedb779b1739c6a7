import Storage

/// All tenants as they were at one version of the directory.
public struct TenantDirectory: Sendable {
    /// The prefecture, the municipalities by code, then the providers by slug.
    public let tenants: [Tenant]
    private let byID: [TenantID: Tenant]

    public init(_ tenants: [Tenant] = []) {
        let order: [Tenant.Kind] = [.prefecture, .municipality, .provider]
        self.tenants = order.flatMap { kind in
            tenants.filter { $0.kind == kind }.sorted { $0.id < $1.id }
        }
        byID = Dictionary(tenants.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    }

    public subscript(id: TenantID) -> Tenant? { byID[id] }

    /// By the 6-digit code.
    public func municipality(_ code: String) -> Tenant? {
        byID[TenantID(code)].flatMap { $0.kind == .municipality ? $0 : nil }
    }

    /// The municipality of a 5-digit code, without its check digit: where such a URL redirects to.
    public func municipality(fiveDigits code: String) -> Tenant? {
        guard code.utf8.count == 5 else { return nil }
        return municipalities.first { $0.id.rawValue.hasPrefix(code) }
    }

    public var municipalities: [Tenant] { tenants.filter { $0.kind == .municipality } }
    public var providers: [Tenant] { tenants.filter { $0.kind == .provider } }

    /// The tenant, or a refusal that names the code.
    public func require(_ id: TenantID) throws(Refusal) -> Tenant {
        if let tenant = byID[id] { return tenant }
        throw Refusal(
            .notFound, "There is no tenant '\(id)'. Use 430005, a municipality's 6-digit code, or a provider's name.")
    }
}
