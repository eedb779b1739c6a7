import Entities
import HTTPTypes
import Storage
import Web

/// `GET /ngsi-ld/v1/entities` (clause 5.7.2): a page of entities and the way to the next.
struct EntityListRequest: Sendable {
    let store: EntityStore

    func answer(_ call: Call) async throws -> Answer {
        try CoreContext.checkLink(call)
        let space = NGSISpace(call)
        try await space.requireExisting(call, store)
        let query = try EntityParameters.query(call, space: space.name)
        let representation = try Representation(call, attributes: query.attributes)
        var wanted = query
        // One more than asked for tells whether there is a next page.
        if query.limit > 0 { wanted.limit += 1 }
        let page = try await store.query(call.context, wanted)
        let entities = page.entities.prefix(query.limit)
        var answer = Answer.bytes(
            Self.array(entities, representation), type: representation.mediaType)
        if let total = page.total, let field = HTTPField.Name.ngsiCount { answer.headers[field] = String(total) }
        answer.headers[.link] = links(
            call, last: page.entities.count > query.limit ? entities.last : nil, representation)
        return space.mark(answer)
    }

    private static func array(_ entities: ArraySlice<StoredEntity>, _ representation: Representation) -> [UInt8] {
        var bytes: [UInt8] = [UInt8(ascii: "[")]
        bytes.reserveCapacity(entities.reduce(2) { $0 + $1.document.count + 64 })
        for (index, entity) in entities.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            representation.write(entity, into: &bytes)
        }
        bytes.append(UInt8(ascii: "]"))
        return bytes
    }

    /// The next page begins after the last id of this one, not after a number of entities: so nothing is dropped or
    /// repeated when entities come and go between two pages.
    private func links(_ call: Call, last: StoredEntity?, _ representation: Representation) -> String? {
        var links: [String] = representation.hasContext ? [] : [CoreContext.linkHeader]
        if let last {
            let next = call.address(with: "after", last.id, dropping: ["offset"])
            links.append("<\(next)>; rel=\"next\"; type=\"\(representation.mediaType)\"")
        }
        return links.isEmpty ? nil : links.joined(separator: ", ")
    }
}

extension HTTPField.Name {
    static let link = HTTPField.Name("Link") ?? .location
}
