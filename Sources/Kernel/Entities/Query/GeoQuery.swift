import Geometry

/// A geo query on an entity's `location` (ETSI GS CIM 009 clause 4.10).
public struct GeoQuery: Sendable {
    public enum Relation: Sendable, Hashable {
        /// Metres from the reference geometry.
        case near(minimum: Double?, maximum: Double?)
        case within, contains, intersects, equals, disjoint, overlaps
    }

    public var relation: Relation
    public var geometry: Geometry
    /// The GeoProperty that is compared.
    public var property: String

    /// As `property`: any GeoProperty of the entity.
    public static let anyProperty = "*"

    public init(relation: Relation, geometry: Geometry, property: String = "location") {
        self.relation = relation
        self.geometry = geometry
        self.property = property
    }
}
