import Entities
import Geometry
import JSON
import Storage

/// `georel`, `geometry` and `coords` («Geographical Queries»).
enum V2GeoQuery {
    /// Nil if none of the three is given.
    static func query(_ georel: String?, _ geometry: String?, _ coords: String?) throws(Refusal) -> GeoQuery? {
        if georel == nil, geometry == nil, coords == nil { return nil }
        guard let georel, let geometry, let coords else {
            throw .badV2("partial geo expression: geometry, georel and coords have to be provided together")
        }
        return GeoQuery(
            relation: try relation(georel), geometry: try shape(geometry, coords), property: GeoQuery.anyProperty)
    }

    private static func relation(_ text: String) throws(Refusal) -> GeoQuery.Relation {
        let parts = text.split(separator: ";", omittingEmptySubsequences: false)
        switch parts[0] {
        case "near": return try near(parts.dropFirst())
        case "coveredBy" where parts.count == 1: return .within
        case "intersects" where parts.count == 1: return .intersects
        case "equals" where parts.count == 1: return .equals
        case "disjoint" where parts.count == 1: return .disjoint
        default: throw .badV2("Invalid value for URI parameter /georel/")
        }
    }

    private static func near(_ modifiers: ArraySlice<Substring>) throws(Refusal) -> GeoQuery.Relation {
        var (minimum, maximum): (Double?, Double?)
        for modifier in modifiers {
            let sides = modifier.split(separator: ":")
            guard sides.count == 2, let metres = Double(sides[1]), metres.isFinite, metres >= 0 else {
                throw .badV2("Invalid modifier in georel parameter")
            }
            switch sides[0] {
            case "maxDistance": maximum = metres
            case "minDistance": minimum = metres
            default: throw .badV2("Invalid modifier in georel parameter")
            }
        }
        guard minimum != nil || maximum != nil else {
            throw .badV2("georel 'near' used without a maxDistance or minDistance")
        }
        return .near(minimum: minimum, maximum: maximum)
    }

    private static func shape(_ kind: String, _ coords: String) throws(Refusal) -> Geometry {
        let pairs = coords.split(separator: ";", omittingEmptySubsequences: false)
        let positions = pairs.compactMap { V2Geometry.position($0) }
        guard positions.count == pairs.count else { throw .badV2("invalid coordinates") }
        let value: JSON?
        switch kind {
        case "point" where positions.count == 1: value = ["type": "Point", "coordinates": positions[0]]
        case "line" where positions.count > 1: value = ["type": "LineString", "coordinates": .array(positions)]
        case "polygon" where positions.count > 3:
            value = ["type": "Polygon", "coordinates": .array([.array(positions)])]
        case "box" where positions.count == 2: value = V2Geometry.box(positions[0], positions[1])
        case "point", "line", "polygon", "box": throw .badV2("invalid number of coordinates for /\(kind)/")
        default: throw .badV2("Invalid value for URI parameter /geometry/")
        }
        do { return try Geometry(geoJSON: value ?? .null) } catch { throw .badV2("invalid coordinates") }
    }
}
