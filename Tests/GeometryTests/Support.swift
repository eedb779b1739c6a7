import Foundation
import Geometry
import JSON

func json(_ text: String) throws -> JSON { try JSON(parsing: text) }

func place(_ longitude: Double, _ latitude: Double, _ altitude: Double? = nil) -> Coordinate {
    Coordinate(longitude: longitude, latitude: latitude, altitude: altitude)
}

func square(_ west: Double, _ south: Double, side: Double) -> Geometry {
    BoundingBox(west: west, south: south, east: west + side, north: south + side).geometry
}

/// A municipality as the shared folder has it.
struct Town {
    var code: String
    var office: Coordinate
    var geometry: Geometry
}

/// Kumamoto's 45 municipalities, when the folder of real files lies beside the package.
enum Kumamoto {
    static let file = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../../shared/data/kumamoto-municipalities.geojson").standardizedFileURL.path

    static var isThere: Bool { FileManager.default.fileExists(atPath: file) }

    static func towns() throws -> [Town] {
        let text = try String(contentsOfFile: file, encoding: .utf8)
        return try FeatureCollection(geoJSON: JSON(parsing: text)).features.compactMap { feature in
            guard let geometry = feature.geometry, case .string(let code)? = feature.properties["code6"],
                let longitude = number(feature.properties["officeLon"]),
                let latitude = number(feature.properties["officeLat"])
            else { return nil }
            return Town(code: code, office: place(longitude, latitude), geometry: geometry)
        }
    }

    private static func number(_ json: JSON?) -> Double? {
        switch json {
        case .int(let value): Double(value)
        case .number(let digits): Double(digits)
        default: nil
        }
    }
}

/// SplitMix64: the same numbers in every run.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var z = state
        z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
        return z ^ (z >> 31)
    }
}
