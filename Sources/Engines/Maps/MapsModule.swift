import Web

/// Draws what has a place: vector tiles, the overview of the 45 municipalities as SVG, and the page that shows both.
///
/// It keeps nothing of its own: shapes and points are the entities' `location`, seen with the reader's own rights. A map
/// is never the only way to its content: picture and list stand in the page, and the script puts a map over the picture.
public enum MapsModule {
    public static let module = Module(
        id: "maps",
        contributions: { ports in MapsService(ports).contributions },
        routes: { table, ports in MapsService(ports).addRoutes(to: &table) })
}

/// The parts that the module's pages and tiles share.
package struct MapsService: Sendable {
    let entities: any MapEntities
    let atlas: MunicipalityAtlas
    let tiles: TileService
    let dots = DotCache()
    let grid: TileGrid
    let pages: PageKit

    init(_ ports: Ports) {
        self.init(
            entities: StoredMapEntities(store: ports.entities), pages: ports.pages,
            grid: TileGrid(folder: ports.dataFolder + "/maps"))
    }

    package init(entities: any MapEntities, pages: PageKit, grid: TileGrid) {
        self.entities = entities
        self.pages = pages
        self.grid = grid
        atlas = MunicipalityAtlas(entities: entities, grid: grid)
        tiles = TileService(entities: entities, atlas: atlas)
    }

    package var contributions: [Contribution] { MapPanels(self).contributions }

    package func addRoutes(to table: inout RouteTable) {
        TilesWeb(self).add(to: &table)
        MapsWeb(self).add(to: &table)
    }
}
