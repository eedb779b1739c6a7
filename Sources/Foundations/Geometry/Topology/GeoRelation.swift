/// The geo-relationships of NGSI-LD (ETSI GS CIM 009 §4.10), seen from the entity: "the entity is `within` the reference".
public enum GeoRelation: Sendable, Hashable {
    /// Not further, not nearer, than so many metres; at least one bound is given.
    case near(maxDistance: Double?, minDistance: Double?)
    case within
    case contains
    case intersects
    case equals
    case disjoint
    case overlaps
}

/// A reference geometry and a relation, made ready to be asked of many entities. Any thread may use it.
public final class GeoRelationTest: Sendable {
    public let relation: GeoRelation
    public let reference: PreparedGeometry

    public init(_ relation: GeoRelation, reference: Geometry) throws(GeometryError) {
        self.relation = relation
        self.reference = try PreparedGeometry(reference)
    }

    /// The box outside which no entity can pass, for a first choice by index; `nil` when every place must be looked at.
    public var candidates: BoundingBox? {
        switch relation {
        case .near(let maximum?, _): reference.boundingBox?.expanded(byMetres: maximum)
        case .near, .disjoint: nil
        case .within, .contains, .intersects, .equals, .overlaps: reference.boundingBox
        }
    }

    /// Whether the relation holds for an entity's geometry.
    public func holds(for entity: Geometry) throws(GeometryError) -> Bool {
        switch relation {
        case .near(let maximum, let minimum):
            let metres = try entity.distance(to: reference.geometry)
            return metres <= maximum ?? .infinity && metres >= minimum ?? 0
        case .within: return try reference.contains(entity)
        case .contains: return try reference.within(entity)
        case .intersects: return try reference.intersects(entity)
        case .equals: return try reference.geometry.equals(entity)
        case .disjoint: return try reference.disjoint(entity)
        case .overlaps: return try reference.overlaps(entity)
        }
    }
}
