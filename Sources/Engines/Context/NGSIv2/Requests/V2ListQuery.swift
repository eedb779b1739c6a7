import Entities
import JSON
import Storage
import Web

/// What `GET /v2/entities` and `POST /v2/op/query` ask for.
struct V2ListQuery: Sendable {
    let lookup: V2Lookup
    var query: EntityQuery

    init(_ request: V2Request, _ lookup: V2Lookup) throws(Refusal) {
        self.lookup = lookup
        let paging = try request.paging()
        query = EntityQuery(
            space: request.space, limit: paging.limit, offset: paging.offset, countsAll: request.has("count"))
        query.scope = try request.readPaths().scopeQuery()
        query.orders = try Self.orders(request.call.query["orderBy"])
    }

    mutating func add(q: String?, mq: String?) throws(Refusal) {
        var parts: [QueryCondition] = []
        if let q { parts.append(try V2Condition.q(q)) }
        if let mq { parts.append(try V2Condition.mq(mq)) }
        query.condition = parts.count > 1 ? .and(parts) : parts.first
    }

    mutating func add(georel: String?, geometry: String?, coords: String?) throws(Refusal) {
        query.geo = try V2GeoQuery.query(georel, geometry, coords)
        let needsPlace = query.orders.contains { $0 == .distance || $0 == .farthest }
        if needsPlace, query.geo == nil { throw .badV2("geo:distance needs a georel=near query") }
    }

    /// Narrows to one selection, with the indexes where it names ids or types.
    mutating func add(_ selection: V2Selection) async throws(Refusal) {
        var rest = selection
        for id in selection.ids { query.ids += try await lookup.storedIDs(id) }
        query.types = selection.types.map(V2Names.storedType)
        (rest.ids, rest.types) = ([], [])
        if rest.idPattern != nil || rest.typePattern != nil { query.selectors = [try rest.selector()] }
    }

    /// Any of several selections.
    mutating func add(anyOf selections: [V2Selection]) async throws(Refusal) {
        if selections.count == 1 { return try await add(selections[0]) }
        for selection in selections { query.selectors.append(try selection.selector()) }
        // What all of them name narrows the search by an index.
        if selections.allSatisfy({ !$0.types.isEmpty }) {
            query.types = Array(Set(selections.flatMap(\.types).map(V2Names.storedType))).sorted()
        }
        guard selections.allSatisfy({ !$0.ids.isEmpty }) else { return }
        for id in Set(selections.flatMap(\.ids)) { query.ids += try await lookup.storedIDs(id) }
    }

    /// `temperature,!humidity`; by creation without it («Ordering Results»).
    private static func orders(_ text: String?) throws(Refusal) -> [EntityQuery.Order] {
        guard let text, !text.isEmpty else { return [.createdAt(descending: false)] }
        var orders: [EntityQuery.Order] = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let isDescending = part.hasPrefix("!")
            let name = String(isDescending ? part.dropFirst() : part)
            guard !name.isEmpty else { throw .badV2("empty component in orderBy") }
            orders.append(order(name, isDescending))
        }
        return orders
    }

    private static func order(_ name: String, _ isDescending: Bool) -> EntityQuery.Order {
        switch name {
        case "id": isDescending ? .attribute("id", descending: true) : .id
        case "type": .type(descending: isDescending)
        case "dateCreated": .createdAt(descending: isDescending)
        case "dateModified": .modifiedAt(descending: isDescending)
        case "geo:distance": isDescending ? .farthest : .distance
        case "dateExpires": .attribute("expiresAt", descending: isDescending)
        default: .attribute(V2Names.storedAttribute(name), descending: isDescending)
        }
    }
}
