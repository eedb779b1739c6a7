import Geometry
import JSON
import Testing

@Suite struct GeoJSONTests {
    /// RFC 7946 Appendix A.
    static let examples = [
        #"{"type":"Point","coordinates":[100,0]}"#,
        #"{"type":"LineString","coordinates":[[100,0],[101,1]]}"#,
        #"{"type":"Polygon","coordinates":[[[100,0],[101,0],[101,1],[100,1],[100,0]]]}"#,
        """
        {"type":"Polygon","coordinates":[[[100,0],[101,0],[101,1],[100,1],[100,0]],\
        [[100.8,0.8],[100.8,0.2],[100.2,0.2],[100.2,0.8],[100.8,0.8]]]}
        """,
        #"{"type":"MultiPoint","coordinates":[[100,0],[101,1]]}"#,
        #"{"type":"MultiLineString","coordinates":[[[100,0],[101,1]],[[102,2],[103,3]]]}"#,
        """
        {"type":"MultiPolygon","coordinates":[[[[102,2],[103,2],[103,3],[102,3],[102,2]]],\
        [[[100,0],[101,0],[101,1],[100,1],[100,0]],[[100.2,0.2],[100.2,0.8],[100.8,0.8],[100.8,0.2],[100.2,0.2]]]]}
        """,
        """
        {"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[100,0]},\
        {"type":"LineString","coordinates":[[101,0],[102,1]]}]}
        """,
        #"{"type":"Point","coordinates":[130.7,32.8,12.5]}"#,
        #"{"type":"MultiPolygon","coordinates":[]}"#,
    ]

    @Test(arguments: examples) func writesWhatItRead(_ text: String) throws {
        let value = try json(text)
        #expect(try Geometry(geoJSON: value).geoJSON == value)
    }

    @Test func turnsRingsToTheRightHand() throws {
        let clockwise = try json(#"{"type":"Polygon","coordinates":[[[0,0],[0,1],[1,1],[1,0],[0,0]]]}"#)
        let expected = try json(#"{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,1],[0,0]]]}"#)
        #expect(try Geometry(geoJSON: clockwise).geoJSON == expected)
    }

    static let refused: [(String, String)] = [
        ("[]", "Expected a GeoJSON geometry object."),
        ("{}", #"The member "type" is missing."#),
        (#"{"type":1}"#, "Expected a string (at /type)."),
        (#"{"type":"Circle","coordinates":[1,2]}"#, #""Circle" is not a GeoJSON type of RFC 7946 (at /type)."#),
        (#"{"type":"Circle"}"#, #""Circle" is not a GeoJSON type of RFC 7946 (at /type)."#),
        (#"{"type":"Point"}"#, #"The member "coordinates" is missing."#),
        (
            #"{"type":"Point","coordinates":[1]}"#,
            "Expected a position: an array of longitude and latitude (at /coordinates)."
        ),
        (#"{"type":"Point","coordinates":[1,"2"]}"#, "Expected a number (at /coordinates/1)."),
        (#"{"type":"Point","coordinates":[1,1e999]}"#, "Expected a number (at /coordinates/1)."),
        (
            #"{"type":"Point","coordinates":[32.8,130.7]}"#,
            "Latitude 130.7 is outside -90 to 90; give degrees, longitude first (at /coordinates/1)."
        ),
        (
            #"{"type":"LineString","coordinates":[[0,0],[181,0]]}"#,
            "Longitude 181.0 is outside -180 to 180; give degrees, longitude first (at /coordinates/1/0)."
        ),
        (
            #"{"type":"LineString","coordinates":[[0,0]]}"#,
            "At least 2 positions are needed here, 1 are given (at /coordinates)."
        ),
        (
            #"{"type":"Polygon","coordinates":[[[0,0],[1,0],[0,0]]]}"#,
            "At least 4 positions are needed here, 3 are given (at /coordinates/0)."
        ),
        (
            #"{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,1]]]}"#,
            "A ring must end with the position it starts with (at /coordinates/0)."
        ),
        (#"{"type":"Polygon","coordinates":[]}"#, "Expected an array with at least one ring (at /coordinates)."),
        (
            #"{"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[0,91]}]}"#,
            "Latitude 91.0 is outside -90 to 90; give degrees, longitude first (at /geometries/0/coordinates/1)."
        ),
    ]

    @Test(arguments: refused) func refusesWithReasonAndPlace(_ text: String, _ sentence: String) throws {
        let value = try json(text)
        let error = #expect(throws: GeometryError.self) { try Geometry(geoJSON: value) }
        #expect(error?.description == sentence)
    }

    @Test func keepsToItsLimits() throws {
        let line = try json(#"{"type":"LineString","coordinates":[[0,0],[1,1],[2,2]]}"#)
        #expect(throws: GeometryError(.tooManyPositions(limit: 2), pointer: "/coordinates/2")) {
            try Geometry(geoJSON: line, limits: GeometryLimits(positions: 2))
        }
        let nested = try json(
            #"{"type":"GeometryCollection","geometries":[{"type":"GeometryCollection","geometries":[]}]}"#)
        #expect(throws: GeometryError(.tooDeep(limit: 1), pointer: "/geometries/0")) {
            try Geometry(geoJSON: nested, limits: GeometryLimits(depth: 1))
        }
    }

    @Test func readsAndWritesFeatures() throws {
        let value = try json(
            """
            {"type":"FeatureCollection","features":[
            {"type":"Feature","id":"a","geometry":{"type":"Point","coordinates":[102,0.5]},"properties":{"name":"熊本"}},
            {"type":"Feature","id":7,"geometry":null,"properties":{}}]}
            """)
        #expect(try FeatureCollection(geoJSON: value).geoJSON == value)
        let wrong = try json(#"{"type":"FeatureCollection","features":[{"type":"Point"}]}"#)
        #expect(throws: GeometryError(.expected(#"the type "Feature""#), pointer: "/features/0/type")) {
            try FeatureCollection(geoJSON: wrong)
        }
    }

    @Test func anyJSONIsReadOrRefused() throws {
        var generator = SeededGenerator(seed: 7946)
        var read = 0
        for _ in 0..<20_000 {
            let value = Self.arbitrary(&generator, depth: 0)
            guard let geometry = try? Geometry(geoJSON: value) else { continue }
            read += 1
            #expect(try Geometry(geoJSON: geometry.geoJSON).geoJSON == geometry.geoJSON)
            _ = try? geometry.centroid()
        }
        #expect(read > 100)
    }

    /// Mostly geometry-shaped values, so that the reader's depths are reached.
    private static func arbitrary(_ generator: inout SeededGenerator, depth: Int) -> JSON {
        let types = ["Point", "LineString", "Polygon", "MultiPoint", "MultiPolygon", "GeometryCollection", "Other"]
        var object = JSONObject([.init("type", .string(types.randomElement(using: &generator) ?? "Point"))])
        object["coordinates"] = coordinates(&generator, depth: 0)
        if depth < 3 {
            object["geometries"] = .array(
                (0..<Int.random(in: 0...2, using: &generator)).map { _ in arbitrary(&generator, depth: depth + 1) })
        }
        return .object(object)
    }

    private static func coordinates(_ generator: inout SeededGenerator, depth: Int) -> JSON {
        switch Int.random(in: 0...9, using: &generator) {
        case 0: return [JSON.null, .bool(true), .string("1"), .object(JSONObject())][depth % 4]
        case 1...4 where depth < 4:
            var items = (0..<Int.random(in: 0...4, using: &generator)).map { _ in
                coordinates(&generator, depth: depth + 1)
            }
            if let first = items.first { items.append(first) }
            return .array(items)
        default:
            return .array(
                (0..<Int.random(in: 1...4, using: &generator)).map { _ in
                    .number("\(Double.random(in: -100...100, using: &generator))")
                })
        }
    }
}
