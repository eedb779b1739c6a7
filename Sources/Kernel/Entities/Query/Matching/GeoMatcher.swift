import Geometry
import JSON
import Storage

/// Decides a geo query on one entity (ETSI GS CIM 009 clause 4.10), exactly.
struct GeoMatcher: Sendable {
    private let test: GeoRelationTest
    private let property: String

    /// Refuses with `badRequest` if the reference geometry cannot be used.
    init(_ query: GeoQuery) throws(Refusal) {
        property = query.property
        do {
            test = try GeoRelationTest(query.relation.relation, reference: query.geometry)
        } catch {
            throw Refusal(
                .badRequest, "The geo query cannot be used: \(error.description)",
                faults: [.init("coordinates", error.description)])
        }
    }

    /// What no match lies outside of; nil: anywhere.
    var candidates: [GeoIndex.Box]? { test.candidates.map(EntityBox.boxes) }

    func matches(_ tape: JSONTape, _ datasets: DatasetFilter = DatasetFilter()) -> Bool {
        shapes(tape, datasets).contains { (try? test.holds(for: $0)) ?? false }
    }

    /// Metres to the nearest of the entity's places; nil if it has none.
    func distance(_ tape: JSONTape) -> Double? {
        shapes(tape, DatasetFilter()).compactMap { try? $0.distance(to: test.reference.geometry) }.min()
    }

    private func shapes(_ tape: JSONTape, _ datasets: DatasetFilter) -> [Geometry] {
        let attributes =
            property == GeoQuery.anyProperty
            ? tape.root.members.map(\.value.value) : tape.root[property].map { [$0.value] } ?? []
        return attributes.flatMap(datasets.instances).compactMap { instance in
            guard instance.kind == .geoProperty, let value = instance.value else { return nil }
            return try? Geometry(geoJSON: value)
        }
    }
}

extension GeoQuery.Relation {
    fileprivate var relation: GeoRelation {
        switch self {
        case .near(let minimum, let maximum): .near(maxDistance: maximum, minDistance: minimum)
        case .within: .within
        case .contains: .contains
        case .intersects: .intersects
        case .equals: .equals
        case .disjoint: .disjoint
        case .overlaps: .overlaps
        }
    }
}
