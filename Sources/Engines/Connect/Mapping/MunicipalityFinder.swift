import Civic
import Geometry

/// Finds the municipality that a name, an address or a place belongs to, among those that are linked already.
public struct MunicipalityFinder: Sendable {
    private let codeByName: [String: String]
    private let regions: RegionIndex<String>?

    /// Knows no municipality.
    public static let empty = MunicipalityFinder(codeByName: [:], regions: nil)

    /// - Parameters:
    ///   - codeByName: six-digit codes by name, as 熊本市.
    ///   - regions: areas by six-digit code.
    public init(codeByName: [String: String], regions: RegionIndex<String>?) {
        self.codeByName = codeByName
        self.regions = regions
    }

    package func municipality(named name: String) -> String? { codeByName[TextFolding.normalized(name)] }

    /// By the name that stands behind 熊本県 and a county.
    package func municipality(ofAddress address: String) -> String? {
        guard !codeByName.isEmpty else { return nil }
        var rest = Substring(TextFolding.normalized(address))
        if let prefecture = Prefecture.opening(rest) {
            guard prefecture == .kumamoto else { return nil }
            rest = rest.dropFirst(prefecture.name.count)
        }
        if let county = rest.prefix(6).firstIndex(of: "郡") { rest = rest[rest.index(after: county)...] }
        for length in 2...6 {
            if let code = codeByName[String(rest.prefix(length))] { return code }
        }
        return nil
    }

    package func municipality(longitude: Double?, latitude: Double?) -> String? {
        guard let regions, let longitude, let latitude else { return nil }
        return try? regions.region(at: Coordinate(longitude: longitude, latitude: latitude))
    }
}
