import Entities
import JSON
import Storage
import Web

/// The query parameters of a list of entities as an `EntityQuery` (ETSI GS CIM 009 clause 6.4.3.2).
enum EntityParameters {
    static func query(_ call: Call, space: String) throws(Refusal) -> EntityQuery {
        let (ids, types, attributes) = (try call.list("id"), try types(call), try call.list("attrs"))
        let geo = try GeoParameters.query(call)
        let condition = try condition(call)
        if ids.isEmpty, types.isEmpty, attributes.isEmpty, geo == nil, condition == nil {
            throw Refusal(.badRequest, "Say which entities: give id, type, attrs, q, georel or bbox.")
        }
        let count = call.flag("count")
        let limit = try call.integer("limit") ?? 20
        if limit == 0, !count {
            throw Refusal(
                .badRequest, "A limit of 0 goes with count=true only.", faults: [.init("limit", "At least 1.")])
        }
        var query = EntityQuery(
            space: space, ids: ids, types: types, attributes: attributes, condition: condition, geo: geo, limit: limit,
            offset: try call.integer("offset") ?? 0, countsAll: count)
        query.after = call.query["after"]
        return query
    }

    /// A type selection of alternatives; the other operators of clause 4.17 come with the whole broker.
    private static func types(_ call: Call) throws(Refusal) -> [String] {
        guard let text = call.query["type"] else { return [] }
        if text.contains(where: { ";&()".contains($0) }) {
            throw Refusal(
                .notImplemented, "Only lists of types (A,B or A|B) are known yet.", faults: [.init("type", text)])
        }
        let parts = text.split(omittingEmptySubsequences: false) { $0 == "," || $0 == "|" }.map(String.init)
        guard !parts.contains("") else {
            throw Refusal(.badRequest, "'type' has an empty part.", faults: [.init("type", "Give names of types.")])
        }
        return parts
    }

    private static func condition(_ call: Call) throws(Refusal) -> QueryCondition? {
        guard let text = call.query["q"] else { return nil }
        do {
            return try QueryCondition(parsing: text)
        } catch {
            throw error.refusal
        }
    }

    /// - Parameter largestPage: the most that `limit` may be.
    static func parameters(largestPage: Int) -> [Parameter] {
        [
            Parameter("id", "Ids, separated by commas."), Parameter("type", "Types, separated by commas."),
            Parameter("attrs", "Only entities with one of these attributes, and only these of them."),
            Parameter("q", "A condition, such as temperature>20;name==\"A\" (clause 4.9).", schema: .text(4_096)),
            Parameter("georel", "near;maxDistance==metres, within, contains, intersects, equals, disjoint, overlaps."),
            Parameter(
                "geometry", "The kind of the reference geometry.",
                schema: .choice(["Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon"])),
            Parameter("coordinates", "Its coordinates as in GeoJSON, longitude first.", schema: .text(100_000)),
            Parameter("geoproperty", "Which attribute is compared; location without it."),
            Parameter("bbox", "west,south,east,north: what lies in or touches it."),
            Parameter("limit", "How many at most.", schema: .integer(0, largestPage)),
            Parameter("offset", "How many to pass over.", schema: .integer(0, 1_000_000)),
            Parameter("after", "Only ids after this one; the Link header's next page uses it."),
            Parameter("count", "Whether NGSILD-Results-Count says how many there are.", schema: ["type": "boolean"]),
            Parameter("local", "Only what is stored here, which is all.", schema: ["type": "boolean"]),
        ]
    }

    /// How entities are shown.
    static let representation: [Parameter] = [
        Parameter("options", "\(Representation.options.joined(separator: ", ")), separated by commas."),
        Parameter(
            "format", "The form of the entities; stronger than options.",
            schema: .choice(["normalized", "concise", "simplified", "keyValues"])),
    ]

    static let tenant = Parameter("NGSILD-Tenant", in: .header, "The space; the area's shared data without it.")
    static let id = Parameter("id", in: .path, "A URI.", required: true)
}

extension JSON {
    static func text(_ longest: Int) -> JSON { ["type": "string", "maxLength": .int(Int64(longest))] }
    static func choice(_ values: [String]) -> JSON { ["type": "string", "enum": .array(values.map { .string($0) })] }
    static func integer(_ least: Int, _ most: Int) -> JSON {
        ["type": "integer", "minimum": .int(Int64(least)), "maximum": .int(Int64(most))]
    }
}
