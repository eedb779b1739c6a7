import Entities
import Geometry
import JSON
import Storage
import Tabular

/// The 45 municipalities of `data/tenants/municipalities.csv`.
enum MunicipalityNames {
    /// Six-digit codes by name; empty if the list is missing.
    static func codes(dataFolder: String) -> [String: String] {
        guard let reader = try? TableReader(path: "\(dataFolder)/tenants/municipalities.csv") else { return [:] }
        var codes: [String: String] = [:]
        while let row = try? reader.next() { codes[row[1]] = row[0] }
        return codes
    }
}

/// Areas of the municipalities that are linked.
enum MunicipalityRegions {
    static let type = "AdministrativeArea"

    static func load(_ context: OperationContext, _ entities: EntityStore) async throws(Refusal) -> RegionIndex<String>?
    {
        let page = try await entities.query(context, EntityQuery(types: [type], limit: 200))
        var regions: [(id: String, geometry: Geometry)] = []
        for entity in page.entities {
            guard let code = entity.municipality, let tree = try? JSON(parsing: entity.document),
                let value = tree["location"]?["value"], let geometry = try? Geometry(geoJSON: value)
            else { continue }
            regions.append((code, geometry))
        }
        return regions.isEmpty ? nil : try? RegionIndex(regions)
    }
}
