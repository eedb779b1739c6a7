import Entities
import Geometry
import JSON
import Maps
import Storage
import Synchronization

/// Entities in memory; counts how often places were asked for.
final class FakeEntities: MapEntities {
    private struct State {
        var stored: [StoredEntity]
        var version: Int64 = 1
        var asked = 0
    }

    private let state: Mutex<State>

    init(_ stored: [StoredEntity]) { state = Mutex(State(stored: stored)) }

    var asked: Int { state.withLock(\.asked) }

    func add(_ entity: StoredEntity) {
        state.withLock {
            $0.stored.append(entity)
            $0.version += 1
        }
    }

    func version() -> Int64 { state.withLock(\.version) }

    func located(_ context: OperationContext, type: String, in box: BoundingBox?, limit: Int) async throws(Refusal)
        -> [StoredEntity]
    {
        state.withLock { $0.asked += 1 }
        return Array(visible(context).filter { $0.types.contains(type) }.prefix(limit))
    }

    func located(_ context: OperationContext, types: [String], about municipality: String, limit: Int)
        async throws(Refusal) -> [StoredEntity]
    {
        state.withLock { $0.asked += 1 }
        return Array(
            visible(context).filter { $0.municipality == municipality && types.contains($0.types[0]) }.prefix(limit))
    }

    func locatedTypes(_ context: OperationContext) async throws(Refusal) -> Set<String> {
        Set(visible(context).flatMap(\.types))
    }

    func types(_ context: OperationContext) async throws(Refusal) -> [EntityTypeSummary] {
        Dictionary(grouping: visible(context), by: { $0.types[0] }).map {
            EntityTypeSummary(type: $0.key, count: $0.value.count, modifiedAt: nil, sources: [])
        }
    }

    func counts(_ context: OperationContext) async throws(Refusal) -> [String: [String: Int]] {
        visible(context).reduce(into: [:]) { $0[$1.municipality ?? "", default: [:]][$1.types[0], default: 0] += 1 }
    }

    private func visible(_ context: OperationContext) -> [StoredEntity] {
        state.withLock(\.stored).filter { $0.visibility == .public || context.actor.belongsToABody }
    }
}

extension StoredEntity {
    static func made(
        _ number: Int64, type: String, name: String, at geometry: Geometry, municipality: String,
        visibility: Visibility = .public
    ) -> StoredEntity {
        let id = "urn:ngsi-ld:\(type):\(number)"
        let document: JSON = [
            "id": .string(id), "type": .string(type), "name": ["type": "Property", "value": .string(name)],
            "location": ["type": "GeoProperty", "value": geometry.geoJSON],
        ]
        let time = Instant(seconds: 1_775_001_600)
        return StoredEntity(
            number: number, space: "area", id: id, types: [type], document: document.bytes, owner: .prefecture,
            visibility: visibility, municipality: municipality, provenance: Provenance(), createdAt: time,
            modifiedAt: time, version: 1)
    }

    static func place(
        _ number: Int64, _ name: String, _ longitude: Double, _ latitude: Double, type: String = "Shelter",
        municipality: String = "431001", visibility: Visibility = .public
    ) -> StoredEntity {
        made(
            number, type: type, name: name, at: .point(Coordinate(longitude: longitude, latitude: latitude)),
            municipality: municipality, visibility: visibility)
    }

    /// A square of half a degree as 熊本市, and two shelters in it, one for officers only.
    static var sample: [StoredEntity] {
        let city = BoundingBox(west: 130.5, south: 32.6, east: 131, north: 33).geometry
        return [
            .made(1, type: "AdministrativeArea", name: "熊本市", at: city, municipality: "431001"),
            .place(2, "本荘小学校", 130.7, 32.8), .place(3, "非公開", 130.71, 32.81, visibility: .bodies),
        ]
    }
}
