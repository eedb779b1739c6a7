import Geometry
import Testing

@Suite struct WellKnownTests {
    static let texts = [
        "POINT (130.5 32.5)", "POINT Z (130.5 32.5 4.0)", "LINESTRING (0.0 0.0, 1.0 1.0)",
        "POLYGON ((0.0 0.0, 4.0 0.0, 4.0 4.0, 0.0 0.0), (1.0 0.5, 2.0 0.5, 2.0 1.0, 1.0 0.5))",
        "MULTIPOINT ((0.0 0.0), (1.0 2.0))", "MULTILINESTRING ((0.0 0.0, 1.0 1.0), (2.0 2.0, 3.0 3.0))",
        "MULTIPOLYGON (((0.0 0.0, 4.0 0.0, 4.0 4.0, 0.0 0.0)))", "MULTIPOLYGON EMPTY",
        "GEOMETRYCOLLECTION (POINT (1.0 2.0), LINESTRING (0.0 0.0, 1.0 1.0))", "GEOMETRYCOLLECTION EMPTY",
    ]

    @Test(arguments: texts) func textAndBytesComeBackTheSame(_ text: String) throws {
        let geometry = try Geometry(wkt: text)
        #expect(geometry.wkt == text)
        #expect(try Geometry(wkb: geometry.wkb) == geometry)
    }

    @Test func readsOtherSpellings() throws {
        #expect(try Geometry(wkt: "srid=4326;point z(1 2 3)") == .point(place(1, 2, 3)))
        #expect(try Geometry(wkt: " MultiPoint ( 1 2 , 3 4 ) ") == .multiPoint([place(1, 2), place(3, 4)]))
        #expect(try Geometry(wkt: "POINT M (1 2 3)") == .point(place(1, 2)))
        #expect(try Geometry(wkt: "POINT ZM (1 2 3 4)") == .point(place(1, 2, 3)))
        #expect(try Geometry(wkt: "POLYGON EMPTY") == .multiPolygon([]))
    }

    @Test func readsExtendedBigEndianBytes() throws {
        // EWKB: big-endian, SRID flag, SRID 4326, POINT(1 2).
        let bytes: [UInt8] =
            [0, 0x20, 0, 0, 1, 0, 0, 0x10, 0xe6, 0x3f, 0xf0, 0, 0, 0, 0, 0, 0, 0x40, 0, 0, 0, 0, 0, 0, 0]
        #expect(try Geometry(wkb: bytes) == .point(place(1, 2)))
    }

    @Test(arguments: [
        "", "POINT", "POINT (1)", "POINT (1 2", "POINT (1 2) x", "POINT (1 x)", "CIRCLE (1 2)", "LINESTRING (1 2)",
        "POLYGON ((0 0, 1 0, 1 1, 0 1))", "POINT (200 0)", "SRID=6677;POINT (1 2)", "MULTIPOINT ((1 2)",
        "POINT (1e999 0)",
    ])
    func refusesBrokenText(_ text: String) { #expect(throws: GeometryError.self) { try Geometry(wkt: text) } }

    @Test func everyPrefixAndFlippedByteIsReadOrRefused() throws {
        let bytes = try Geometry(wkt: Self.texts[3]).wkb
        for count in 0..<bytes.count {
            #expect(throws: GeometryError.self) { try Geometry(wkb: Array(bytes[..<count])) }
        }
        for index in bytes.indices {
            for bit in 0..<8 {
                var damaged = bytes
                damaged[index] ^= 1 << bit
                _ = try? Geometry(wkb: damaged)
            }
        }
        #expect(throws: GeometryError(.malformed(offset: bytes.count, "Bytes after the geometry"))) {
            try Geometry(wkb: bytes + [0])
        }
    }

    @Test func deepCollectionsAreRefused() {
        let text = String(repeating: "GEOMETRYCOLLECTION (", count: 100_000)
        #expect(throws: GeometryError(.tooDeep(limit: 8))) { try Geometry(wkt: text) }
    }
}
