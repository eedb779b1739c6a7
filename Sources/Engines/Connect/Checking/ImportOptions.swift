import Storage

/// How a file is to be linked.
public struct ImportOptions: Sendable {
    /// Whose file it is.
    public var tenant: TenantID
    /// The model to use, whatever the columns say: an entity type or a name of the guideline.
    public var model: String?
    /// The licence as the publisher states it, if not known from `data/sources`.
    public var licence: String?
    /// More unreadable rows than this share refuse the file.
    public var toleratedShare: Double

    public init(
        tenant: TenantID = .prefecture, model: String? = nil, licence: String? = nil, toleratedShare: Double = 0.5
    ) {
        self.tenant = tenant
        self.model = model
        self.licence = licence
        self.toleratedShare = toleratedShare
    }
}
