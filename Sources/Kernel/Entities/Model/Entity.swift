import JSON
import Storage

/// Who may see a thing: everybody, every signed-in officer, or only its owner's people.
public enum Visibility: String, Sendable, Hashable, CaseIterable {
    case `public`, bodies, tenant
}

/// Where an entity or a value came from.
public struct Provenance: Sendable, Hashable {
    /// The import that made it, if it came from a file.
    public var importID: String?
    /// The file's name, without folders.
    public var file: String?
    /// 1-based line in the file.
    public var line: Int?
    /// A licence's name as shown; `nil` means not stated, and so never offered as open data.
    public var licence: String?

    public init(importID: String? = nil, file: String? = nil, line: Int? = nil, licence: String? = nil) {
        self.importID = importID
        self.file = file
        self.line = line
        self.licence = licence
    }
}

/// An NGSI-LD entity to be written (ETSI GS CIM 009 clause 4.5.1).
public struct Entity: Sendable, Hashable {
    /// A URI.
    public var id: String
    /// At least one; short names or IRIs, as given.
    public var types: [String]
    /// Attributes in normalized form, by name, in order: `{"type": "Property", "value": …}` or an array of such.
    public var attributes: JSONObject
    /// Places in hierarchies, such as `/Kumamoto/Parks` (clause 4.18).
    public var scopes: [String]
    /// From then on the entity is not there (clause 4.22); `nil`: it stays.
    public var expiresAt: Instant?

    public init(
        id: String, types: [String], attributes: JSONObject, scopes: [String] = [], expiresAt: Instant? = nil
    ) {
        self.id = id
        self.types = types
        self.attributes = attributes
        self.scopes = scopes
        self.expiresAt = expiresAt
    }
}

/// An entity as stored, with what the store keeps beside it.
public struct StoredEntity: Sendable {
    /// The row's number, the key of its index rows.
    public var number: Int64
    public var space: String
    public var id: String
    public var types: [String]
    /// `{"id": …, "type": …, "scope": …, "expiresAt": …, attributes…}` in normalized form, without system attributes.
    public var document: [UInt8]
    public var scopes: [String]
    public var expiresAt: Instant?
    public var owner: TenantID
    public var visibility: Visibility
    /// The 6-digit code of the municipality that it is about; gives no right.
    public var municipality: String?
    public var provenance: Provenance
    public var createdAt: Instant
    public var modifiedAt: Instant
    /// Grows by one with each change; the entity tag.
    public var version: Int64
    /// When attributes came and changed, where that differs from the entity's creation: `{name: [created, modified]}`
    /// in microseconds.
    var attributeTimes: [UInt8]?
    /// When the first of its attributes expires.
    var attributesExpireAt: Instant?

    public init(
        number: Int64, space: String, id: String, types: [String], document: [UInt8], owner: TenantID,
        visibility: Visibility, municipality: String?, provenance: Provenance, createdAt: Instant, modifiedAt: Instant,
        version: Int64, attributeTimes: [UInt8]? = nil, scopes: [String] = [], expiresAt: Instant? = nil
    ) {
        self.number = number
        self.space = space
        self.id = id
        self.types = types
        self.document = document
        self.owner = owner
        self.visibility = visibility
        self.municipality = municipality
        self.provenance = provenance
        self.createdAt = createdAt
        self.modifiedAt = modifiedAt
        self.version = version
        self.attributeTimes = attributeTimes
        self.scopes = scopes
        self.expiresAt = expiresAt
    }
}
