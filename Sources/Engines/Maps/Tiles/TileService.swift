import Geometry
import Storage

/// Makes Mapbox Vector Tiles of the layers, with the reader's rights.
struct TileService: Sendable {
    /// More places than this are not drawn in one tile.
    static let mostPlaces = 20_000

    let entities: any MapEntities
    let atlas: MunicipalityAtlas
    private let cache = TileCache()

    init(entities: any MapEntities, atlas: MunicipalityAtlas) {
        self.entities = entities
        self.atlas = atlas
    }

    /// The tile's bytes, uncompressed; empty when nothing lies there.
    func tile(_ context: OperationContext, _ layer: MapLayer, _ tile: TileCoordinate) async throws(Refusal) -> [UInt8] {
        let key = TileCache.Key(audience: Audience(context), layer: layer, tile: tile)
        let outlines = layer == .municipalities ? try await atlas.edition(context) : nil
        let version = outlines.map { Int64($0.number) } ?? entities.version()
        if let bytes = cache.tile(key, version: version) { return bytes }
        let projection = TileProjection(tile)
        let features =
            if let outlines { Self.features(outlines.outlines, projection, Self.outline) } else {
                try await places(context, layer.name, projection)
            }
        var layers = [VectorTile.Layer(name: layer.sourceLayer, features: features)]
        if let outlines {
            let names = Self.features(outlines.names, projection, Self.outline)
            layers.append(VectorTile.Layer(name: MapLayer.namesLayer, features: names))
        }
        let bytes = VectorTile(layers: layers).encoded()
        cache.keep(bytes, for: key, version: version)
        return bytes
    }

    private func places(
        _ context: OperationContext, _ type: String, _ projection: TileProjection
    ) async throws(Refusal) -> [VectorTile.Feature] {
        let stored = try await entities.located(
            context, type: type, in: projection.boundingBox, limit: Self.mostPlaces)
        return Self.features(stored.compactMap(MapFeature.init), projection, Self.place)
    }

    private static func features(
        _ features: [MapFeature], _ projection: TileProjection, _ attributes: (MapFeature) -> [VectorTile.Attribute]
    ) -> [VectorTile.Feature] {
        let box = projection.boundingBox
        return features.compactMap { feature in
            guard BoundingBox(of: feature.geometry).map(box.intersects) ?? false,
                let shape = projection.shape(of: feature.geometry)
            else { return nil }
            return VectorTile.Feature(
                id: UInt64(exactly: feature.number), shape: shape, attributes: attributes(feature))
        }
    }

    private static func outline(_ feature: MapFeature) -> [VectorTile.Attribute] {
        [.init("code", .string(feature.municipality ?? "")), .init("name", .string(feature.name))]
    }

    private static func place(_ feature: MapFeature) -> [VectorTile.Attribute] {
        [.init("id", .string(feature.id)), .init("name", .string(feature.name))]
            + (feature.municipality.map { [.init("municipality", .string($0))] } ?? [])
    }
}
