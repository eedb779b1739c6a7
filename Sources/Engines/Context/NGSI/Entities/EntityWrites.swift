import Entities
import HTTPTypes
import JSON
import Storage
import Web

/// Requests that write one entity (ETSI GS CIM 009 clauses 5.6.1, 5.6.6, 5.6.17 and 5.6.18).
struct EntityWrites: Sendable {
    let parts: NGSIParts

    /// Clause 5.6.1.
    func create(_ call: Call) async throws -> Answer {
        let space = NGSISpace(call)
        var body = try call.ngsiBody()
        let context = try await parts.contexts.context(of: call, body: &body, space: space.name)
        let write = EntityWrite(try EntityInput(context).entity(body), call, space)
        let stored = try await parts.store.create(call.context, write)
        let path = "\(NGSIRoutes.entities)/\(Call.percentEncoded(stored.id, keeping: ":"))"
        return space.mark(Answer(.created, headers: [.location: path, .eTag: stored.tag.description]))
    }

    /// Clause 5.6.18: all of its content in the place of what is there.
    func replace(_ call: Call) async throws -> Answer {
        let (space, id) = (NGSISpace(call), try call.entityID())
        var body = try call.ngsiBody()
        let context = try await parts.contexts.context(of: call, body: &body, space: space.name)
        let format = try InputFormat(call)
        let entity = try EntityInput(context, isSimplified: format.isSimplified).entity(body, id: id)
        let version = try await parts.matchingVersion(call, id, space)
        let outcome = try await parts.store.replace(
            call.context, EntityWrite(entity, call, space), version: version)
        return space.mark(Answer(.noContent, headers: [.eTag: outcome.entity.tag.description]))
    }

    /// Clause 5.6.17.
    func merge(_ call: Call) async throws -> Answer {
        let (space, id) = (NGSISpace(call), try call.entityID())
        var body = try call.ngsiBody()
        let context = try await parts.contexts.context(of: call, body: &body, space: space.name)
        let format = try InputFormat(call)
        let input = EntityInput(context, isSimplified: format.isSimplified, isFragment: true)
        let fragment = try input.fragment(body, of: id)
        guard !fragment.isEmpty else { throw Refusal(.badRequest, "The body changes nothing: it has no attribute.") }
        let edit = FragmentEdit(fragment, .merge(try format.mergeDefaults(call)))
        let version = try await parts.matchingVersion(call, id, space)
        let outcome = try await parts.store.edit(
            call.context, id: id, space: space.name, version: version, edit.edit)
        return space.mark(Answer(.noContent, headers: [.eTag: outcome.entity.tag.description]))
    }

    /// Clause 5.6.6.
    func delete(_ call: Call) async throws -> Answer {
        let (space, id) = (NGSISpace(call), try call.entityID())
        let version = try await parts.matchingVersion(call, id, space)
        try await parts.store.delete(call.context, id: id, space: space.name, version: version)
        return space.mark(.noContent)
    }
}

extension EntityWrite {
    init(_ entity: Entity, _ call: Call, _ space: NGSISpace) {
        let actor = call.context.actor
        self.init(
            space: space.name, entity: entity, owner: actor.tenant ?? call.context.tenant,
            // Where clients need no key there is nobody whose own a thing could be.
            visibility: actor.tenant == nil ? .public : .tenant, municipality: entity.municipality)
    }
}

extension Entity {
    /// What the attribute `municipalityCode` says, if it is a 6-digit code.
    fileprivate var municipality: String? {
        guard let code = attributes["municipalityCode"]?["value"]?.stringValue, code.utf8.count == 6,
            code.utf8.allSatisfy({ (48...57).contains($0) })
        else { return nil }
        return code
    }
}
