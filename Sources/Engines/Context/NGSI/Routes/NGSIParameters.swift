import JSON
import Web

/// The parameters of NGSI-LD's routes (ETSI GS CIM 009 clauses 6.3 to 6.5).
enum NGSIParameters {
    static let id = Parameter("id", in: .path, "The entity's URI.", required: true)
    /// Of one entity; the standard has it for finding other brokers that may know of it.
    static let type = Parameter("type", "A type of the entity: a hint, which is not needed here.")
    static let name = Parameter("name", in: .path, "The attribute's name, or its IRI.", required: true)

    /// Of every route.
    static let common = [
        Parameter("NGSILD-Tenant", in: .header, "The space; the area's shared data without it."),
        Parameter("Link", in: .header, "The @context that names are in; the core context without it."),
        Parameter("local", "Only what is stored here, which is all.", schema: flag),
    ]

    static let flag: JSON = ["type": "boolean"]
    static let attrs = Parameter("attrs", "Only these attributes; of lists, entities that have one of them.")
    static let dataset = Parameter("datasetId", "Only instances of these datasets; @none is the default instance.")

    /// Which entities.
    static let selection = [
        Parameter("id", "Ids, separated by commas."),
        Parameter("idPattern", "A regular expression that ids match.", schema: .text(1_000)),
        Parameter("type", "A type selection: A,B or (A|B);C or *.", schema: .text(4_096)),
        attrs,
        Parameter("q", "A condition, such as temperature>20;name==\"A\" (clause 4.9).", schema: .text(4_096)),
        Parameter("scopeQ", "A scope query, such as /Kumamoto/#,/Aso/+.", schema: .text(4_096)),
        Parameter("georel", "near;maxDistance==metres, within, contains, intersects, equals, disjoint, overlaps."),
        Parameter(
            "geometry", "The kind of the reference geometry.",
            schema: .choice(["Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon"])),
        Parameter("coordinates", "Its coordinates as in GeoJSON, longitude first.", schema: .text(100_000)),
        Parameter("geoproperty", "Which attribute is compared; location without it."),
        Parameter("bbox", "west,south,east,north: what lies in or touches it."),
        dataset,
        Parameter("expandValues", "Attributes whose texts in q are names of the @context."),
    ]

    /// How entities are shown.
    static let representation = [
        Parameter("options", "\(Representation.options.joined(separator: ", ")), separated by commas."),
        Parameter("format", "The form of the entities; stronger than options.", schema: .choice(InputFormat.choices)),
        Parameter("pick", "Only these members, such as id,name,locatedIn{name}."),
        Parameter("omit", "Not these members."),
        Parameter("lang", "LanguageProperties as texts in one of these languages, such as ja,en;q=0.5."),
        Parameter("geometryProperty", "Which attribute is the geometry of a feature; location without it."),
        Parameter("jsonKeys", "JsonProperties whose keys are no names; they never are here."),
        Parameter("join", "Whether linked entities come along: inline, flat or @none."),
        Parameter("joinLevel", "How many links are followed.", schema: .integer(1, Join.deepest)),
        Parameter("containedBy", "Ids that are not shown again as linked entities."),
    ]

    static func paging(largestPage: Int) -> [Parameter] {
        [
            Parameter("limit", "How many at most.", schema: .integer(0, largestPage)),
            Parameter(
                "offset", "How many to pass over; beside after: how many came before.", schema: .integer(0, 1_000_000)),
            Parameter("after", "Only ids after this one; the Link header's next page uses it."),
            Parameter("count", "Whether NGSILD-Results-Count says how many there are.", schema: flag),
        ]
    }

    static let order = [
        Parameter("orderBy", "Keys by comma, such as temperature;desc,id or location;dist-asc."),
        Parameter(
            "collation", "The order of texts: by Unicode scalars.", schema: .choice(OrderParameters.collations)),
    ]

    static func options(_ summary: String) -> Parameter { Parameter("options", summary) }
}

extension JSON {
    static func text(_ longest: Int) -> JSON { ["type": "string", "maxLength": .int(Int64(longest))] }
    static func choice(_ values: [String]) -> JSON { ["type": "string", "enum": .array(values.map { .string($0) })] }
    static func integer(_ least: Int, _ most: Int) -> JSON {
        ["type": "integer", "minimum": .int(Int64(least)), "maximum": .int(Int64(most))]
    }
}
