import Entities
import Geometry
import JSON
import Storage
import Web

/// `georel`, `geometry`, `coordinates` and `geoproperty` (ETSI GS CIM 009 clause 4.10), and Higo's short form `bbox`.
enum GeoParameters {
    static func query(_ call: Call) throws(Refusal) -> GeoQuery? {
        let names = ["georel", "geometry", "coordinates"]
        let given = names.filter { call.query[$0] != nil }
        let property = call.query["geoproperty"] ?? "location"
        if let box = call.query["bbox"] {
            guard given.isEmpty else { throw fault("bbox", "Give bbox or georel, not both.") }
            return GeoQuery(relation: .intersects, geometry: try boundingBox(box).geometry, property: property)
        }
        if given.isEmpty {
            guard call.query["geoproperty"] == nil else { throw fault("geoproperty", "It goes with georel.") }
            return nil
        }
        guard let relation = call.query["georel"], let kind = call.query["geometry"],
            let coordinates = call.query["coordinates"]
        else {
            let missing = names.first { !given.contains($0) } ?? ""
            throw fault(missing, "georel, geometry and coordinates go together.")
        }
        return try query(relation: relation, kind: kind, coordinates: coordinates, property: property)
    }

    /// The parts of a geo query as texts, wherever they stood.
    static func query(
        relation: String, kind: String, coordinates: String, property: String
    ) throws(Refusal) -> GeoQuery {
        GeoQuery(relation: try self.relation(relation), geometry: try geometry(kind, coordinates), property: property)
    }

    private static func geometry(_ kind: String, _ coordinates: String) throws(Refusal) -> Geometry {
        do {
            let value = try JSON(parsing: coordinates)
            return try Geometry(geoJSON: ["type": .string(kind), "coordinates": value])
        } catch {
            throw fault(error is GeometryError ? "geometry" : "coordinates", "\(error)")
        }
    }

    private static func relation(_ text: String) throws(Refusal) -> GeoQuery.Relation {
        let parts = text.split(separator: ";", omittingEmptySubsequences: false)
        if parts.count > 1, parts[0] != "near" { throw fault("georel", "Only near takes distances.") }
        switch parts[0] {
        case "near": return try near(parts.dropFirst())
        case "within": return .within
        case "contains": return .contains
        case "intersects": return .intersects
        case "equals": return .equals
        case "disjoint": return .disjoint
        case "overlaps": return .overlaps
        default:
            throw fault(
                "georel", "Give near;maxDistance==metres, within, contains, intersects, equals, disjoint or overlaps.")
        }
    }

    private static func near(_ conditions: ArraySlice<Substring>) throws(Refusal) -> GeoQuery.Relation {
        var (minimum, maximum): (Double?, Double?)
        for condition in conditions {
            let sides = condition.components("==")
            guard sides.count == 2, let metres = Double(sides[1]), metres.isFinite, metres >= 0 else {
                throw fault("georel", "A distance is written maxDistance==2000, in metres.")
            }
            switch sides[0] {
            case "maxDistance" where maximum == nil: maximum = metres
            case "minDistance" where minimum == nil: minimum = metres
            default: throw fault("georel", "near takes maxDistance and minDistance, each once.")
            }
        }
        guard minimum != nil || maximum != nil else { throw fault("georel", "near needs maxDistance or minDistance.") }
        return .near(minimum: minimum, maximum: maximum)
    }

    private static func boundingBox(_ text: String) throws(Refusal) -> BoundingBox {
        let numbers = text.split(separator: ",", omittingEmptySubsequences: false).map { Double($0) ?? .nan }
        guard numbers.count == 4, numbers.allSatisfy(\.isFinite), (-180...180).contains(numbers[0]),
            (-180...180).contains(numbers[2]), -90 <= numbers[1], numbers[1] <= numbers[3], numbers[3] <= 90
        else { throw fault("bbox", "Give west,south,east,north in degrees.") }
        return BoundingBox(west: numbers[0], south: numbers[1], east: numbers[2], north: numbers[3])
    }

    private static func fault(_ name: String, _ detail: String) -> Refusal {
        Refusal(.badRequest, "The geo query cannot be read: \(detail)", faults: [.init(name, detail)])
    }
}

extension Substring {
    fileprivate func components(_ separator: String) -> [Substring] {
        guard let range = firstRange(of: separator) else { return [self] }
        return [self[..<range.lowerBound], self[range.upperBound...]]
    }
}
