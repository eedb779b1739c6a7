import JSON
import Storage

/// A context that this broker keeps and serves (ETSI GS CIM 009 clause 5.13.1).
struct HostedContext: Sendable {
    enum Kind: String, Sendable, CaseIterable {
        /// Added by a client.
        case hosted = "Hosted"
        /// Made by the broker, where one address had to stand for a context.
        case implicit = "ImplicitlyCreated"
    }

    var id: String
    var space: String
    /// The body whose people may delete it.
    var owner: TenantID
    var kind: Kind
    /// `{"@context": …}`
    var document: JSON
    var createdAt: Instant

    init(id: String, space: String, owner: TenantID, kind: Kind, document: JSON, createdAt: Instant) {
        self.id = id
        self.space = space
        self.owner = owner
        self.kind = kind
        self.document = document
        self.createdAt = createdAt
    }

    init(_ row: Row) {
        id = row.text("id")
        space = row.text("space")
        owner = TenantID(row.text("owner"))
        kind = Kind(rawValue: row.text("kind")) ?? .hosted
        document = (try? JSON(parsing: row.bytes("document"))) ?? .object(JSONObject())
        createdAt = row.instant("created")
    }
}
