import Entities
import Geometry
import Storage
import Synchronization

/// The municipalities' outlines as readers see them, kept until one of them changes.
final class MunicipalityAtlas: Sendable {
    static let type = "AdministrativeArea"

    /// One state of the outlines, with the overview drawn from them.
    struct Edition: Sendable {
        /// Differs whenever an outline does.
        var number: Int
        var outlines: [MapFeature]
        /// The same with a point each, where the name stands.
        var names: [MapFeature]
        var overview: Overview
    }

    private struct Kept: Sendable {
        var dataVersion: Int64
        /// Row number and version of each: if they are the same, so are the shapes.
        var fingerprint: [Int64]
        var edition: Edition
    }

    private struct State {
        var kept: [Audience: Kept] = [:]
        var lastNumber = 0
    }

    private let entities: any MapEntities
    private let grid: TileGrid
    private let state = Mutex(State())

    init(entities: any MapEntities, grid: TileGrid) {
        self.entities = entities
        self.grid = grid
    }

    func edition(_ context: OperationContext) async throws(Refusal) -> Edition {
        let audience = Audience(context)
        let dataVersion = entities.version()
        let kept = state.withLock { $0.kept[audience] }
        if let kept, kept.dataVersion == dataVersion { return kept.edition }
        let stored = try await entities.located(context, type: Self.type, in: nil, limit: 2_000)
        let fingerprint = stored.flatMap { [$0.number, $0.version] }
        let edition = kept?.fingerprint == fingerprint ? kept?.edition : nil
        let current = edition ?? draw(stored.compactMap(MapFeature.init))
        state.withLock {
            $0.kept[audience] = Kept(dataVersion: dataVersion, fingerprint: fingerprint, edition: current)
        }
        return current
    }

    private func draw(_ outlines: [MapFeature]) -> Edition {
        let number = state.withLock {
            $0.lastNumber += 1
            return $0.lastNumber
        }
        let names = outlines.compactMap { outline in
            outline.mark.map { place in
                var name = outline
                name.geometry = .point(place)
                return name
            }
        }
        return Edition(
            number: number, outlines: outlines, names: names,
            overview: Overview(outlines: outlines) ?? Overview(grid: grid))
    }
}
