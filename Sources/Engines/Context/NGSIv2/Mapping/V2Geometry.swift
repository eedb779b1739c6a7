import Foundation
import Geometry
import JSON

/// The location types of NGSIv2 as GeoJSON («Geospatial properties of entities»; the Simple Location Format of the
/// specification's earlier releases is taken too).
enum V2Geometry {
    /// The geometry of a `geo:json` value: of a Feature, or of the one Feature of a FeatureCollection. Nil if it is none.
    static func geometry(of value: JSON) -> JSON? {
        var value = value
        if value["type"] == "FeatureCollection" {
            guard let features = value["features"]?.arrayValue, features.count == 1 else { return nil }
            value = features[0]
        }
        if value["type"] == "Feature" { value = value["geometry"] ?? .null }
        return isGeometry(value) ? value : Optional.none
    }

    /// The geometry of a value of the Simple Location Format, whose pairs have the latitude first.
    static func geometry(of value: JSON, _ type: String) -> JSON? {
        let texts = value.arrayValue ?? [value]
        let positions = texts.compactMap { $0.stringValue.flatMap(position) }
        guard positions.count == texts.count, let shape = shape(type, positions) else { return nil }
        return isGeometry(shape) ? shape : Optional.none
    }

    private static func isGeometry(_ value: JSON) -> Bool { (try? Geometry(geoJSON: value)) != nil }

    private static func shape(_ type: String, _ positions: [JSON]) -> JSON? {
        switch type {
        case "geo:point" where positions.count == 1: return ["type": "Point", "coordinates": positions[0]]
        case "geo:line" where positions.count > 1: return ["type": "LineString", "coordinates": .array(positions)]
        case "geo:polygon" where positions.count > 3:
            return ["type": "Polygon", "coordinates": .array([.array(positions)])]
        case "geo:box" where positions.count == 2: return box(positions[0], positions[1])
        default: return nil
        }
    }

    static func box(_ low: JSON, _ high: JSON) -> JSON? {
        guard let west = low[0], let south = low[1], let east = high[0], let north = high[1] else { return nil }
        let ring: [JSON] = [[west, south], [east, south], [east, north], [west, north], [west, south]]
        return ["type": "Polygon", "coordinates": .array([.array(ring)])]
    }

    /// `latitude, longitude` as a GeoJSON position.
    static func position(_ text: some StringProtocol) -> JSON? {
        let parts = text.split(separator: ",", omittingEmptySubsequences: false)
        let numbers = parts.compactMap { number($0.trimmingCharacters(in: .whitespaces)) }
        guard parts.count == 2, numbers.count == 2 else { return nil }
        return [numbers[1], numbers[0]]
    }

    private static func number(_ text: String) -> JSON? {
        if let exact = JSONNumber(text) { return exact.json }
        return Double(text).flatMap { JSON($0) }
    }
}
