import Geometry
import Storage

/// Chooses entities: what NGSI-LD queries, pages, tiles and packages all use (ETSI GS CIM 009 clauses 4.9 and 4.10).
public struct EntityQuery: Sendable {
    public enum Order: Sendable, Hashable {
        case id
        case attribute(String, descending: Bool)
        case modifiedAt(descending: Bool)
        /// Nearest first; only with a `near` geo query.
        case distance
    }

    public var space: String
    public var ids: [String]
    /// Any of these types; empty: all.
    public var types: [String]
    /// Only entities that have at least one of these attributes; empty: all.
    public var attributes: [String]
    /// The `q` expression, parsed.
    public var condition: QueryCondition?
    public var geo: GeoQuery?
    /// Words to be found in the entity's text, all of them.
    public var text: String?
    /// The 6-digit code of the municipality that the entity is about.
    public var municipality: String?
    public var owner: TenantID?
    public var importID: String?
    public var order: Order
    public var limit: Int
    public var offset: Int
    /// Only ids after this one: with the order `.id` a page that neither drops nor repeats, whatever changes meanwhile.
    /// The count stays that of all matches.
    public var after: String?
    /// Whether the answer counts all matches.
    public var countsAll: Bool

    public init(
        space: String = "area", ids: [String] = [], types: [String] = [], attributes: [String] = [],
        condition: QueryCondition? = nil, geo: GeoQuery? = nil, text: String? = nil, municipality: String? = nil,
        owner: TenantID? = nil, importID: String? = nil, order: Order = .id, limit: Int = 20, offset: Int = 0,
        countsAll: Bool = false
    ) {
        self.space = space
        self.ids = ids
        self.types = types
        self.attributes = attributes
        self.condition = condition
        self.geo = geo
        self.text = text
        self.municipality = municipality
        self.owner = owner
        self.importID = importID
        self.order = order
        self.limit = limit
        self.offset = offset
        self.countsAll = countsAll
    }
}

/// A page of entities.
public struct EntityPage: Sendable {
    public var entities: [StoredEntity]
    /// All matches, if the query asked to count them.
    public var total: Int?

    public init(entities: [StoredEntity], total: Int? = nil) {
        self.entities = entities
        self.total = total
    }
}
