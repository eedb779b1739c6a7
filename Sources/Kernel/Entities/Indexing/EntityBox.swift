import Geometry
import JSON
import Storage

/// The box round all of an entity's GeoProperties, for the geo index.
enum EntityBox {
    static func box(of attributes: JSONObject) -> GeoIndex.Box? {
        var shapes: [Geometry] = []
        for member in attributes.members {
            for instance in AttributeInstances.all(member.value) where instance.kind == .geoProperty {
                guard let value = instance.value, let shape = try? Geometry(geoJSON: value) else { continue }
                shapes.append(shape)
            }
        }
        guard let box = BoundingBox(of: shapes) else { return nil }
        // What crosses the antimeridian is kept as a band round the globe: found too often, never missed.
        return box.crossesAntimeridian
            ? GeoIndex.Box(west: -180, south: box.south, east: 180, north: box.north)
            : GeoIndex.Box(west: box.west, south: box.south, east: box.east, north: box.north)
    }

    static func boxes(_ box: BoundingBox) -> [GeoIndex.Box] {
        box.split.map { GeoIndex.Box(west: $0.west, south: $0.south, east: $0.east, north: $0.north) }
    }
}
