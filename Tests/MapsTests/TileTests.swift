import Entities
import Geometry
import HTTPTypes
import JSON
import Storage
import Testing
import Web

@Suite struct TileTests {
    static let cityTile = "/maps/tiles/municipalities/8/220/103.mvt"
    static let shelterTile = "/maps/tiles/Shelter/10/883/413.mvt"

    @Test func tileHoldsTheMunicipality() async throws {
        let answer = await (try MapsSite(StoredEntity.sample)).get(Self.cityTile)
        #expect(answer.status == .ok)
        #expect(answer.headers[.contentType] == "application/vnd.mapbox-vector-tile")
        let tile = try VectorTile(decoding: MapsSite.bytes(answer))
        #expect(tile.layers.map(\.name) == ["municipalities", "municipality-names"])
        #expect(tile.layers.first?.features.map(\.id) == [1])
        let attributes: [VectorTile.Attribute] = [.init("code", .string("431001")), .init("name", .string("熊本市"))]
        #expect(tile.layers.first?.features.first?.attributes == attributes)
    }

    @Test func placesAreSeenWithTheReadersRights() async throws {
        let site = try MapsSite(StoredEntity.sample)
        let tile = try VectorTile(decoding: MapsSite.bytes(await site.get(Self.shelterTile)))
        #expect(tile.layers.first?.features.map(\.id) == [2])
        #expect(tile.layers.first?.features.first?.attributes.map(\.name) == ["id", "name", "municipality"])
        #expect(await site.get("/maps/tiles/Shelter/10/0/0.mvt").status == .noContent)
    }

    @Test(arguments: [
        "/maps/tiles/municipalities/3/6/3.mvt", "/maps/tiles/municipalities/13/0/0.mvt",
        "/maps/tiles/municipalities/8/256/103.mvt", "/maps/tiles/municipalities/8/220/103", "/maps/tiles/x/8/+1/1.mvt",
        "/maps/tiles/municipalities/99999999999999999999/1/1.mvt", "/maps/tiles/municipalities",
        "/maps/tiles/None.json",
    ])
    func refusesWhatIsNotMade(_ path: String) async throws {
        let status = await (try MapsSite(StoredEntity.sample)).get(path).status
        #expect([.notFound, .badRequest].contains(status), "\(status)")
    }

    @Test func unchangedTilesAreNotSentAgain() async throws {
        let site = try MapsSite(StoredEntity.sample)
        let tag = try #require(await site.get(Self.cityTile).headers[.eTag])
        #expect(await site.get(Self.cityTile, [.ifNoneMatch: tag]).status == .notModified)
    }

    @Test func tilesAreKeptUntilTheDataChange() async throws {
        let site = try MapsSite(StoredEntity.sample)
        _ = await site.get(Self.shelterTile)
        let asked = site.entities.asked
        _ = await site.get(Self.shelterTile)
        #expect(site.entities.asked == asked)
        site.entities.add(.place(9, "新しい避難所", 130.7, 32.81))
        let tile = try VectorTile(decoding: MapsSite.bytes(await site.get(Self.shelterTile)))
        #expect(tile.layers.first?.features.map(\.id) == [2, 9])
    }

    @Test func describesLayersInTileJSON() async throws {
        let facts = try await MapsSite(StoredEntity.sample).facts("/maps/tiles/municipalities.json")
        #expect(facts.value(at: try JSONPointer("/tilejson")) == "3.0.0")
        #expect(facts.value(at: try JSONPointer("/tiles/0")) == "/maps/tiles/municipalities/{z}/{x}/{y}.mvt")
        #expect(facts.value(at: try JSONPointer("/vector_layers/0/id")) == "municipalities")
    }

    @Test(.enabled(if: SharedData.isThere)) func realTileIsSmall() async throws {
        let site = try MapsSite(SharedData.municipalities())
        let answer = await site.get(Self.cityTile, [.acceptEncoding: "gzip"])
        #expect(answer.headers[.contentEncoding] == "gzip")
        #expect((5_000..<25_000).contains(MapsSite.bytes(answer).count), "\(MapsSite.bytes(answer).count)")
    }
}
