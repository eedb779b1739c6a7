import JSON
import Web

/// Parameters of the routes of NGSIv2. Their values are checked by the requests themselves, in Orion's words.
enum V2Parameters {
    static let id = Parameter("id", in: .path, "The entity's id.", required: true)
    static let name = Parameter("name", in: .path, "The attribute's name.", required: true)
    static let type = Parameter("type", "The entity's type, where several have the id.")
    static let attrs = Parameter("attrs", "Attributes to show, in order; * for all of the entity's own.")
    static let metadata = Parameter("metadata", "Metadata to show; * for all of the attribute's own.")
    static let limit = Parameter("limit", "How many at most: 20 without it, up to 1000.")
    static let offset = Parameter("offset", "How many to pass over.")
    static let orderBy = Parameter("orderBy", "Attributes to order by, ! for the reverse; by creation without it.")

    static func options(_ names: String...) -> Parameter {
        Parameter("options", "Separated by commas: \(names.joined(separator: ", ")).")
    }

    static let query: [Parameter] = [
        Parameter("id", "Ids, separated by commas."), Parameter("idPattern", "A regular expression for ids."),
        Parameter("type", "Types, separated by commas."), Parameter("typePattern", "A regular expression for types."),
        Parameter("q", "Statements on attributes, separated by ;."),
        Parameter("mq", "Statements on metadata, separated by ;."),
        Parameter(
            "georel", "near;maxDistance:METRES, near;minDistance:METRES, coveredBy, intersects, equals, disjoint."),
        Parameter("geometry", "point, line, polygon or box."),
        Parameter("coords", "Pairs latitude,longitude, separated by ;."), attrs, metadata, orderBy, limit, offset,
        options("count", "keyValues", "values", "unique", "skipForwarding"),
    ]

    static let headers: [Parameter] = [
        Parameter("Fiware-Service", in: .header, "The space; the area's shared data without it."),
        Parameter("Fiware-ServicePath", in: .header, "The scope: /a/b, with /# all below; several by commas to read."),
        Parameter("Fiware-Correlator", in: .header, "Comes back in the answer."),
    ]
}
