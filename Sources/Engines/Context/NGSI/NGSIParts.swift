import Entities
import HTTPTypes
import Storage
import Web

/// What the requests of NGSI-LD work with.
struct NGSIParts: Sendable {
    let store: EntityStore
    let contexts: ContextReader
    /// The most entities of one page.
    let largestPage: Int

    init(_ ports: Ports, contexts: ContextReader) {
        store = ports.entities
        self.contexts = contexts
        largestPage = ports.site.maximumItems
    }

    /// The version that `If-Match` asks for; nil without the header, which the standard does not ask for.
    func matchingVersion(_ call: Call, _ id: String, _ space: NGSISpace) async throws(Refusal) -> Int64? {
        guard let header = call.headers[.ifMatch], header != "*" else { return nil }
        guard let entity = try await store.get(call.context, id: id, space: space.name) else { throw .noEntity(id) }
        let tags = header.split(separator: ",").map { $0.drop { $0 == " " || $0 == "\"" }.prefix { $0 != "\"" } }
        let wanted = entity.tag.value
        guard tags.contains(where: { $0 == wanted || $0.hasPrefix(wanted + "-") }) else {
            throw Refusal(
                .preconditionFailed, "The entity has changed since you read it. Read it again, then send anew.")
        }
        return entity.version
    }
}

extension Refusal {
    static func noEntity(_ id: String) -> Refusal {
        Refusal(.notFound, "There is no entity with the id '\(id.prefix(200))'.")
    }
}
