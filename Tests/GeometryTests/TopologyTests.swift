import Geometry
import Testing

@Suite struct TopologyTests {
    @Test func answersTheGeoRelationsOfNGSI() throws {
        let reference = square(130, 32, side: 1)
        let inside: Geometry = .point(place(130.5, 32.5))
        let around = square(129, 31, side: 3)
        let across = square(130.5, 32.5, side: 1)
        let away: Geometry = .point(place(140, 40))
        let cases: [(GeoRelation, [Bool])] = [
            (.within, [true, false, false, false, true]), (.contains, [false, true, false, false, true]),
            (.intersects, [true, true, true, false, true]), (.disjoint, [false, false, false, true, false]),
            (.overlaps, [false, false, true, false, false]), (.equals, [false, false, false, false, true]),
        ]
        for (relation, expected) in cases {
            let test = try GeoRelationTest(relation, reference: reference)
            let found = try [inside, around, across, away, reference].map { try test.holds(for: $0) }
            #expect(found == expected, "\(relation)")
        }
    }

    @Test func nearCountsMetres() throws {
        // Kumamoto city hall and castle keep, some 370 m apart.
        let hall: Geometry = .point(place(130.70806, 32.80333))
        let castle: Geometry = .point(place(130.70583, 32.80611))
        let metres = try castle.distance(to: hall)
        #expect(abs(metres - 372) < 5)
        let near = try GeoRelationTest(.near(maxDistance: metres + 0.1, minDistance: nil), reference: hall)
        #expect(try near.holds(for: castle))
        #expect(near.candidates?.contains(place(130.70583, 32.80611)) == true)
        #expect(
            try !GeoRelationTest(.near(maxDistance: metres - 0.1, minDistance: nil), reference: hall).holds(for: castle)
        )
        #expect(try GeoRelationTest(.near(maxDistance: nil, minDistance: 100), reference: hall).holds(for: castle))
    }

    @Test func explainsInvalidGeometry() throws {
        let bowTie = try Geometry(wkt: "POLYGON ((0 0, 2 2, 2 0, 0 2, 0 0))")
        #expect(try bowTie.invalidity() == Geometry.Invalidity(reason: "Self-intersection", location: place(1, 1)))
        #expect(try bowTie.repaired().invalidity() == nil)
        #expect(try square(0, 0, side: 1).invalidity() == nil)
    }

    @Test func constructsNewGeometries() throws {
        let pair = try Geometry.union(of: [square(0, 0, side: 1), square(1, 0, side: 1)])
        #expect(try pair.equals(BoundingBox(west: 0, south: 0, east: 2, north: 1).geometry))
        #expect(try pair.centroid() == place(1, 0.5))
        #expect(try pair.pointOnSurface().map { try pair.contains(.point($0)) } == true)
        #expect(
            try square(0, 0, side: 2).clipped(to: BoundingBox(west: 1, south: 1, east: 3, north: 3))
                .equals(square(1, 1, side: 1)))
        #expect(try square(0, 0, side: 1).intersection(square(5, 5, side: 1)).isEmpty)
        let wavy = try Geometry(wkt: "LINESTRING (0 0, 1 0.001, 2 0)")
        #expect(try wavy.simplified(tolerance: 0.01) == .lineString([place(0, 0), place(2, 0)]))
        #expect(try Geometry.multiPoint([]).centroid() == nil)
    }

    @Test func preparedGeometryServesManyThreads() async throws {
        let prepared = try PreparedGeometry(square(130, 32, side: 1))
        let inside = try await withThrowingTaskGroup(of: Int.self) { group in
            for task in 0..<8 {
                group.addTask {
                    try (0..<500).count {
                        try prepared.contains(.point(place(130 + Double($0) / 250, 32.5 + Double(task) / 100)))
                    }
                }
            }
            return try await group.reduce(0, +)
        }
        #expect(inside == 8 * 249)
    }

    @Test(.enabled(if: Kumamoto.isThere)) func everyOfficeLiesInItsOwnMunicipality() throws {
        let towns = try Kumamoto.towns()
        let index = try RegionIndex(towns.map { ($0.code, $0.geometry) })
        #expect(towns.count == 45)
        for town in towns { #expect(try index.region(at: town.office) == town.code) }
        #expect(try index.region(at: place(139.7, 35.7)) == nil)
        let offshore = try index.nearest(to: place(130.5, 32.75))
        #expect(offshore.map { $0.metres > 0 && $0.metres < 20_000 } == true)
    }

    @Test(.enabled(if: Kumamoto.isThere)) func municipalitiesAreValidAndKeepTheirArea() throws {
        let towns = try Kumamoto.towns()
        #expect(try towns.allSatisfy { try $0.geometry.invalidity() == nil })
        let total = towns.reduce(0) { $0 + $1.geometry.area } / 1e6
        #expect(abs(total - 7409) < 40)
        for town in towns { #expect(try Geometry(wkb: town.geometry.wkb) == town.geometry) }
    }
}
