import Entities
import HTTPTypes
import JSON
import Storage
import Web

/// A page of entities and the way to the others (ETSI GS CIM 009 clause 5.7.2).
struct EntityListRequest: Sendable {
    let parts: NGSIParts

    /// `GET /entities`.
    func list(_ call: Call) async throws -> Answer {
        let space = NGSISpace(call)
        let context = try await parts.contexts.context(of: call, space: space.name)
        try await space.requireExisting(call, parts.store)
        let query = try EntityParameters(call, context).query(space: space.name)
        return try await answer(call, query, try Representation(call, context, attributes: query.attributes))
    }

    /// `POST /entityOperations/query` (clause 6.23): the same with a body in the place of parameters.
    func post(_ call: Call) async throws -> Answer {
        let space = NGSISpace(call)
        var body = try call.ngsiBody()
        let context = try await parts.contexts.context(of: call, body: &body, space: space.name)
        try await space.requireExisting(call, parts.store)
        let read = try QueryBody(body, context)
        let asked = read.asked(call)
        var query = try EntityParameters(asked, context, isRestricted: !read.selectors.isEmpty).query(space: space.name)
        if !read.selectors.isEmpty { query.selectors = read.selectors }
        return try await answer(call, query, try Representation(asked, context, attributes: query.attributes))
    }

    private func answer(
        _ call: Call, _ query: EntityQuery, _ representation: Representation
    ) async throws -> Answer {
        let space = NGSISpace(call)
        var wanted = query
        // One more than asked for tells whether there is a next page.
        if query.limit > 0 { wanted.limit += 1 }
        let page = try await parts.store.query(call.context, wanted)
        let entities = Array(page.entities.prefix(query.limit))
        let loader = LinkedEntities(store: parts.store, context: call.context, space: space.name)
        let joined = try await representation.joined(entities, loader)
        var bytes: [UInt8] = []
        representation.write(joined.entities, linked: joined.linked, into: &bytes)
        var answer = Answer.bytes(bytes, type: representation.media.rawValue)
        if let total = page.total, let field = HTTPField.Name.ngsiCount { answer.headers[field] = String(total) }
        let links = PageLinks(
            call: call, query: query, position: try call.integer("offset") ?? 0, media: representation.media.rawValue)
        let all =
            [representation.link].compactMap(\.self)
            + links.all(last: page.entities.count > query.limit ? entities.last : nil)
        if !all.isEmpty { answer.headers[.link] = all.joined(separator: ", ") }
        return space.mark(answer)
    }
}

/// The `Link` headers to other pages (clause 6.3.10).
///
/// In order of id the next page begins after the last id of this one, not after a number of entities: so nothing is
/// dropped or repeated when entities come and go between two pages. The way back counts.
struct PageLinks {
    let call: Call
    let query: EntityQuery
    /// How many entities come before this page.
    let position: Int
    let media: String

    /// - Parameter last: the last entity of this page, if there are more.
    func all(last: StoredEntity?) -> [String] {
        var links: [String] = []
        if last != nil { links.append(link(address(at: position + query.limit, after: last), "next")) }
        if position > 0, query.limit > 0 {
            links.append(link(address(at: max(0, position - query.limit), after: nil), "prev"))
        }
        return links
    }

    private func address(at position: Int, after last: StoredEntity?) -> String {
        let isByID = query.order == .id && query.orders.count <= 1
        var items = call.query.items.filter { $0.name != "after" && $0.name != "offset" }
        if isByID, let last { items.append(.init("after", last.id)) }
        if position > 0 { items.append(.init("offset", String(position))) }
        return Call.address(call.path, items)
    }

    private func link(_ address: String, _ relation: String) -> String {
        "<\(address)>; rel=\"\(relation)\"; type=\"\(media)\""
    }
}
