import Geometry

/// A layer of tiles: the outlines of the municipalities, or all places of one entity type.
enum MapLayer: Hashable, Sendable {
    case municipalities
    case places(type: String)

    /// As it stands in addresses: `municipalities`, or the type's name.
    init(name: String) {
        self = name == "municipalities" || name == MunicipalityAtlas.type ? .municipalities : .places(type: name)
    }

    var name: String {
        switch self {
        case .municipalities: "municipalities"
        case .places(let type): type
        }
    }

    /// The name of the layer inside the tile.
    var sourceLayer: String {
        switch self {
        case .municipalities: "municipalities"
        case .places: "places"
        }
    }

    /// One point for each municipality's name, since an outline of many islands would be named many times.
    static let namesLayer = "municipality-names"

    /// The zooms for which tiles are made; beyond the last one clients enlarge it.
    var zooms: ClosedRange<Int> {
        switch self {
        case .municipalities: 4...12
        case .places: 5...14
        }
    }
}

/// Where the maps look when nothing says otherwise: Kumamoto prefecture.
enum HomeArea {
    static let boundingBox = BoundingBox(west: 129.93, south: 32.08, east: 131.34, north: 33.2)
}
