import Geometry
import Storage

/// Chooses entities: what NGSI-LD queries, pages, tiles and packages all use (ETSI GS CIM 009 clauses 4.9 and 4.10).
public struct EntityQuery: Sendable {
    /// A key of the order. Entities that lack what is asked for come last; ties go by id.
    public enum Order: Sendable, Hashable {
        case id
        /// Numbers first, then texts and times.
        case attribute(String, descending: Bool)
        /// A part of an attribute, such as `address[city]`.
        case path(QueryPath, descending: Bool)
        case modifiedAt(descending: Bool)
        case createdAt(descending: Bool)
        case type(descending: Bool)
        /// Nearest first, from the geo query's geometry.
        case distance
        case farthest
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
    /// Any of these; empty: all.
    public var selectors: [EntitySelector] = []
    public var scope: ScopeQuery?
    /// Only these instances of attributes are looked at: `datasetId`s, `@none` for the default one; empty: all.
    public var datasetIDs: [String] = []
    /// Keys in order of weight; empty: by id.
    public var orders: [Order]
    /// The first key.
    public var order: Order {
        get { orders.first ?? .id }
        set { orders = [newValue] }
    }
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
        orders = [order]
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
