import Entities
import Foundation
import Geometry
import JSON

/// Kumamoto's real files, when their folder lies beside the package.
enum SharedData {
    static let folder = MapsSite.root + "/../shared/data"
    static var isThere: Bool { FileManager.default.fileExists(atPath: folder + "/kumamoto-municipalities.geojson") }

    static func municipalities() throws -> [StoredEntity] {
        let text = try String(contentsOfFile: folder + "/kumamoto-municipalities.geojson", encoding: .utf8)
        return try FeatureCollection(geoJSON: JSON(parsing: text)).features.enumerated().compactMap { index, feature in
            guard let geometry = feature.geometry, case .string(let code)? = feature.properties["code6"],
                case .string(let name)? = feature.properties["name"]
            else { return nil }
            return .made(Int64(index + 1), type: "AdministrativeArea", name: name, at: geometry, municipality: code)
        }
    }

    static func shelters() throws -> [StoredEntity] {
        let text = try String(contentsOfFile: folder + "/shelters.csv", encoding: .utf8)
        return text.split(whereSeparator: \.isNewline).dropFirst().enumerated().compactMap { index, line in
            let fields = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            guard fields.count > 8, let latitude = Double(fields[6]), let longitude = Double(fields[7]) else {
                return nil
            }
            return .place(
                Int64(1000 + index), fields[4], longitude, latitude, type: "EvacuationSpace", municipality: fields[0])
        }
    }
}
