import Entities
import Storage
import Web

/// `orderBy` (ETSI GS CIM 009 clause 4.23): names with `;asc` or `;desc`, by comma; a GeoProperty with `;dist-asc` or
/// `;dist-desc` orders by the distance from `geometry` and `coordinates`.
struct OrderParameters {
    let orders: [EntityQuery.Order]
    /// Where distances are measured from, if no geo query says so.
    let reference: GeoQuery?

    static let collations = ["und", "root"]
    private static let most = 8

    static func asksForDistance(_ call: Call) -> Bool { call.query["orderBy"]?.contains("dist-") ?? false }

    init(_ call: Call, _ context: RequestContext) throws(Refusal) {
        try Self.checkCollation(call)
        let keys = try call.list("orderBy")
        guard keys.count <= Self.most else { throw Self.fault("At most \(Self.most) keys.") }
        var orders: [EntityQuery.Order] = []
        var place: String?
        for key in keys {
            let parts = key.split(separator: ";", omittingEmptySubsequences: false).map(String.init)
            guard parts.count <= 2 else { throw Self.fault("Write name;asc or name;desc.") }
            let direction = parts.count == 2 ? parts[1] : "asc"
            if direction.hasPrefix("dist-") { place = try context.stored(parts[0]) }
            orders.append(try Self.order(parts[0], direction, context))
        }
        self.orders = orders.isEmpty ? [.id] : orders
        reference = try place.map { name throws(Refusal) in try Self.reference(call, name) }
    }

    private static func order(
        _ name: String, _ direction: String, _ context: RequestContext
    ) throws(Refusal) -> EntityQuery.Order {
        switch direction {
        case "dist-asc": return .distance
        case "dist-desc": return .farthest
        case "asc", "desc": break
        default: throw fault("'\(direction.prefix(20))' is none of asc, desc, dist-asc and dist-desc.")
        }
        let descending = direction == "desc"
        switch name {
        case "id": return descending ? .attribute("id", descending: true) : .id
        case "type": return .type(descending: descending)
        case "createdAt": return .createdAt(descending: descending)
        case "modifiedAt": return .modifiedAt(descending: descending)
        default:
            let path = try path(name, context)
            return path.subattributes.isEmpty && path.trailing.isEmpty
                ? .attribute(path.attribute, descending: descending) : .path(path, descending: descending)
        }
    }

    /// A path as in `q`: `speed`, `speed.accuracy` or `address[city]`.
    private static func path(_ text: String, _ context: RequestContext) throws(Refusal) -> QueryPath {
        let read: QueryCondition
        do throws(QuerySyntaxError) { read = try QueryCondition(parsing: text, mapName: context.storedOrSame) } catch {
            throw fault(error.description)
        }
        guard case .exists(let path) = read else { throw fault("'\(text.prefix(50))' is no name.") }
        return path
    }

    private static func reference(_ call: Call, _ property: String) throws(Refusal) -> GeoQuery {
        guard let kind = call.query["geometry"], let coordinates = call.query["coordinates"] else {
            throw fault("Distances need geometry and coordinates to be measured from.")
        }
        return try GeoParameters.query(
            relation: "near;minDistance==0", kind: kind, coordinates: coordinates, property: property)
    }

    /// Another order of texts than that of their Unicode scalars is refused, not passed over.
    private static func checkCollation(_ call: Call) throws(Refusal) {
        guard let collation = call.query["collation"], !collations.contains(collation) else { return }
        throw Refusal(
            .badRequest, "Texts are ordered by Unicode scalars here; leave 'collation' out.",
            faults: [.init("collation", "It may be \(collations.joined(separator: " or ")).")])
    }

    private static func fault(_ detail: String) -> Refusal {
        Refusal(.badRequest, "'orderBy' cannot be read: \(detail)", faults: [.init("orderBy", detail)])
    }
}
