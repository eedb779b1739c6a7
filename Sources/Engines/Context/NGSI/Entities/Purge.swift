import Entities
import JSON
import Storage
import Web

/// Takes away all that a query finds, or attributes of it (ETSI GS CIM 009 clause 5.6.21).
struct Purge: Sendable {
    static let parameters = [
        Parameter("drop", "Only these attributes are deleted."),
        Parameter("keep", "All attributes but these are deleted."),
    ]

    let parts: NGSIParts

    /// `DELETE /entities`.
    func delete(_ call: Call) async throws -> Answer {
        let space = NGSISpace(call)
        let context = try await parts.contexts.context(of: call, space: space.name)
        try await space.requireExisting(call, parts.store)
        let query = try EntityParameters(call, context).selection(space: space.name)
        try Self.requireNarrow(query)
        _ = try await parts.store.purge(call.context, query, try what(call, context))
        return space.mark(.noContent)
    }

    /// `POST /entityOperations/purge`: the query stands in the body.
    func post(_ call: Call) async throws -> Answer {
        let space = NGSISpace(call)
        var body = try call.ngsiBody()
        let context = try await parts.contexts.context(of: call, body: &body, space: space.name)
        try await space.requireExisting(call, parts.store)
        let read = try QueryBody(body, context)
        let asked = read.asked(call)
        let restricted = !read.selectors.isEmpty
        var query = try EntityParameters(asked, context, isRestricted: restricted).selection(space: space.name)
        if restricted { query.selectors = read.selectors }
        if !restricted { try Self.requireNarrow(query) }
        _ = try await parts.store.purge(call.context, query, try what(asked, context))
        return space.mark(.noContent)
    }

    /// `local=true` alone, or `type=*`, would empty the space by a slip.
    private static func requireNarrow(_ query: EntityQuery) throws(Refusal) {
        let says =
            !query.ids.isEmpty || !query.types.isEmpty || !query.selectors.isEmpty || !query.attributes.isEmpty
            || query.geo != nil || query.condition != nil || query.scope != nil
        guard says else {
            throw Refusal(.badRequest, "Say which entities to purge: all of a space are not deleted at once.")
        }
    }

    private func what(_ call: Call, _ context: RequestContext) throws(Refusal) -> EntityPurge {
        let drop = try call.list("drop").map { name throws(Refusal) in try context.stored(name) }
        let keep = try call.list("keep").map { name throws(Refusal) in try context.stored(name) }
        guard drop.isEmpty || keep.isEmpty else {
            throw Refusal(
                .badRequest, "Give drop or keep, not both.", faults: [.init("keep", "Leave it out, or drop.")])
        }
        if !drop.isEmpty { return .attributes(drop) }
        return keep.isEmpty ? .entities : .allAttributes(but: keep)
    }
}
