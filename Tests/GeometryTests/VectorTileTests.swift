import Geometry
import Testing

@Suite struct VectorTileTests {
    @Test func tilesOfKnownPlaces() throws {
        let tile = try #require(TileCoordinate(containing: place(130.70806, 32.80333), zoom: 8))
        #expect(tile == TileCoordinate(zoom: 8, x: 220, y: 103))
        #expect(tile.boundingBox.contains(place(130.70806, 32.80333)))
        #expect(TileCoordinate(zoom: 0, x: 0, y: 0)?.boundingBox.west == -180)
        #expect(TileCoordinate(zoom: 3, x: 8, y: 0) == nil && TileCoordinate(zoom: -1, x: 0, y: 0) == nil)
        let side = WebMercator.unproject(x: 0.5, y: 0)
        #expect(abs(side.latitude - WebMercator.maximumLatitude) < 1e-9)
    }

    @Test func encodesTheExamplesOfTheSpecification() {
        // §4.3.5: the three examples of geometry commands.
        let point = VectorTile.Feature(shape: .points([.init(25, 17)]))
        let line = VectorTile.Feature(shape: .lines([[.init(2, 2), .init(2, 10), .init(10, 10)]]))
        let ring = VectorTile.Feature(shape: .rings([[.init(3, 6), .init(8, 12), .init(20, 34)]]))
        let tile = VectorTile(layers: [.init(name: "a", features: [point, line, ring])])
        let expected: [UInt8] = [
            0x1a, 46, 0x78, 2, 0x0a, 1, 0x61,
            0x12, 7, 0x18, 1, 0x22, 3, 9, 50, 34,
            0x12, 12, 0x18, 2, 0x22, 8, 9, 4, 4, 18, 0, 16, 16, 0,
            0x12, 13, 0x18, 3, 0x22, 9, 9, 6, 12, 18, 10, 12, 24, 44, 15,
            0x28, 0x80, 0x20,
        ]
        #expect(tile.encoded() == expected)
    }

    @Test func decodesWhatItEncoded() throws {
        let attributes: [VectorTile.Attribute] = [
            .init("name", .string("熊本市")), .init("share", .double(-0.25)), .init("rank", .int(-7)),
            .init("count", .int(738_865)), .init("open", .bool(true)), .init("again", .string("熊本市")),
        ]
        let tile = VectorTile(layers: [
            .init(
                name: "towns",
                features: [
                    .init(
                        id: 431001, shape: .rings([[.init(0, 0), .init(4160, 0), .init(4160, 4160)]]),
                        attributes: attributes),
                    .init(shape: .points([.init(-64, 4096), .init(5, 5)])),
                ]),
            .init(
                name: "roads", extent: 512,
                features: [.init(shape: .lines([[.init(1, 2), .init(3, 4)], [.init(9, 9), .init(0, 0)]]))]),
        ])
        #expect(try VectorTile(decoding: tile.encoded()) == tile)
        #expect(VectorTile(layers: [.init(name: "empty")]).encoded().isEmpty)
    }

    @Test func damagedTilesAreReadOrRefused() throws {
        let projection = TileProjection(try #require(TileCoordinate(zoom: 6, x: 55, y: 25)))
        let shape = try #require(projection.shape(of: square(130, 32, side: 1)))
        let bytes = VectorTile(layers: [
            .init(name: "a", features: [.init(shape: shape, attributes: [.init("k", .int(1))])])
        ])
        .encoded()
        for index in bytes.indices {
            for bit in 0..<8 {
                var damaged = bytes
                damaged[index] ^= 1 << bit
                _ = try? VectorTile(decoding: damaged)
            }
        }
    }

    @Test func clipsAndWindsRings() throws {
        let tile = try #require(TileCoordinate(zoom: 8, x: 220, y: 103))
        let world = Polygon(exterior: [place(0, -80), place(179, -80), place(179, 80), place(0, 80), place(0, -80)])
        let hole = [place(130.2, 32.9), place(130.2, 33), place(130.3, 33), place(130.3, 32.9), place(130.2, 32.9)]
        let shape = TileProjection(tile).shape(of: .polygon(Polygon(exterior: world.exterior, holes: [hole])))
        guard case .rings(let rings)? = shape else { return #expect(Bool(false), "no rings") }
        #expect(rings.count == 2)
        #expect(Set(rings[0]) == [.init(-64, -64), .init(4160, -64), .init(4160, 4160), .init(-64, 4160)])
        #expect(rings[0].signedArea > 0 && rings[1].signedArea < 0)
    }

    @Test func cutsLinesAtTheBuffer() throws {
        let tile = try #require(TileCoordinate(zoom: 1, x: 0, y: 0))
        let line = try Geometry(wkt: "LINESTRING (-90 10, 90 10, 90 20, -90 20)")
        guard case .lines(let pieces)? = TileProjection(tile).shape(of: line) else {
            return #expect(Bool(false), "no lines")
        }
        #expect(pieces.count == 2)
        #expect(pieces.allSatisfy { $0.count == 2 && $0.contains { $0.x == 4160 } })
        #expect(TileProjection(tile).shape(of: .point(place(90, 10))) == nil)
    }

    @Test(.enabled(if: Kumamoto.isThere)) func municipalitiesFitIntoATile() throws {
        let tile = try #require(TileCoordinate(zoom: 8, x: 220, y: 103))
        let projection = TileProjection(tile)
        let features = try Kumamoto.towns().compactMap { town in
            projection.shape(of: town.geometry).map {
                VectorTile.Feature(id: UInt64(town.code), shape: $0, attributes: [.init("code", .string(town.code))])
            }
        }
        let bytes = VectorTile(layers: [.init(name: "municipalities", features: features)]).encoded()
        #expect(features.count == 32)
        #expect(bytes.count < 60_000)
    }
}
