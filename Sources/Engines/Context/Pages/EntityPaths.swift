import Web

/// Where pages of entities are found.
enum EntityPaths {
    static let types = "/entities"

    static func type(_ name: String) -> String { "/entities/types/\(Call.percentEncoded(name, keeping: ":"))" }
    static func download(_ name: String, _ form: DownloadForm) -> String { "\(type(name))/\(form.rawValue)" }
    static func entity(_ id: String) -> String { "/entities/\(Call.percentEncoded(id, keeping: ":"))" }
}

/// The forms in which all entities of a type can be had.
enum DownloadForm: String, Sendable, CaseIterable {
    case csv, geojson
    case ngsi = "ngsi-ld"

    var mediaType: String {
        switch self {
        case .csv: "text/csv; charset=utf-8"
        case .geojson: "application/geo+json"
        case .ngsi: "application/json"
        }
    }

    var fileExtension: String { self == .ngsi ? "json" : rawValue }
}
