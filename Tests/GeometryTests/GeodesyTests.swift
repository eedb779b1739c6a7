import Geometry
import Testing

@Suite struct GeodesyTests {
    @Test func measuresOnTheEllipsoid() {
        // Vincenty's own check line (Flinders Peak – Buninyong, GRS 80 of the Geocentric Datum of Australia).
        let flinders = place(144.424_867_89, -37.951_033_42)
        let buninyong = place(143.926_495_53, -37.652_821_14)
        #expect(abs(flinders.distance(to: buninyong) - 54_972.271) < 0.01)
        #expect(place(130, 32).distance(to: place(130, 32)) == 0)
        #expect(abs(place(0, 0).distance(to: place(180, 0)) - 20_003_931) < 20_000)
        #expect(abs(place(179.9, 0).distance(to: place(-179.9, 0)) - 22_264) < 1)
    }

    @Test func distanceToALineIsToItsNearestPoint() throws {
        let line = try Geometry(wkt: "LINESTRING (130 32, 131 32)")
        let metres = try Geometry.point(place(130.5, 32.01)).distance(to: line)
        #expect(abs(metres - place(130.5, 32).distance(to: place(130.5, 32.01))) < 0.5)
        #expect(try square(130, 32, side: 1).distance(to: .point(place(130.5, 32.5))) == 0)
        #expect(try Geometry.multiPoint([]).distance(to: line) == .infinity)
    }

    @Test func boxAroundHoldsEveryDirection() {
        let middle = place(130.7, 32.8)
        let box = BoundingBox(around: middle, radius: 10_000)
        for edge in [place(box.west, 32.8), place(box.east, 32.8), place(130.7, box.south), place(130.7, box.north)] {
            let metres = middle.distance(to: edge)
            #expect(metres >= 10_000 && metres < 10_100)
        }
        #expect(BoundingBox(around: place(179.99, 0), radius: 10_000).crossesAntimeridian)
        #expect(BoundingBox(around: place(0, 89.99), radius: 10_000).width == 360)
    }

    @Test func boxesKnowTheAntimeridian() throws {
        let fiji = try Geometry(wkt: "MULTIPOINT ((177 -18), (-179 -16))")
        let box = try #require(BoundingBox(of: fiji))
        #expect(box == BoundingBox(west: 177, south: -18, east: -179, north: -16))
        #expect(box.width == 4 && box.center == place(179, -17))
        #expect(box.contains(place(180, -17)) && !box.contains(place(0, -17)))
        #expect(box.intersects(BoundingBox(west: -180, south: -20, east: -170, north: 0)))
        #expect(!box.intersects(BoundingBox(west: -170, south: -20, east: 170, north: 0)))
        #expect(BoundingBox(of: .multiPoint([])) == nil)
    }

    @Test func meshCodesOfKnownPlaces() throws {
        // Tokyo station, the printed example of many guides; Kumamoto city hall.
        let tokyo = place(139.767125, 35.681236)
        let codes = MeshCode.Level.allCases.map { MeshCode(of: tokyo, level: $0)?.description }
        #expect(codes == ["5339", "533946", "53394611", "533946113", "5339461132", "53394611323"])
        #expect(MeshCode(of: place(130.70806, 32.80333), level: .third)?.description == "49301566")
        let cell = try MeshCode("53394611").boundingBox
        #expect(cell.contains(tokyo))
        #expect(abs(cell.width - 45.0 / 3600) < 1e-12 && abs(cell.height - 30.0 / 3600) < 1e-12)
        #expect(try MeshCode("533946113").enclosing(.third) == MeshCode("53394611"))
        #expect(MeshCode(of: place(-73, 40), level: .first) == nil)
    }

    @Test func meshCodesComeBackFromTheirCells() throws {
        var generator = SeededGenerator(seed: 410)
        for _ in 0..<2000 {
            let somewhere = place(
                .random(in: 122..<154, using: &generator), .random(in: 20..<46, using: &generator))
            for level in MeshCode.Level.allCases {
                let mesh = try #require(MeshCode(of: somewhere, level: level))
                #expect(try MeshCode(mesh.description) == mesh)
                #expect(mesh.boundingBox.contains(somewhere))
                let corner = place(mesh.boundingBox.west, mesh.boundingBox.south)
                #expect(MeshCode(of: corner, level: level) == mesh)
            }
        }
    }

    @Test(arguments: ["", "533", "5399", "533986", "533949", "533946115", "53394611a", "５３３９", "533946110"])
    func refusesOtherCodes(_ code: String) {
        #expect(throws: GeometryError.self) { try MeshCode(code) }
    }
}
