import Entities
import HTTPTypes
import JSON
import Storage
import Web

/// Requests that read one entity (ETSI GS CIM 009 clause 5.7.1).
struct EntityReads: Sendable {
    let parts: NGSIParts

    /// Stored bytes go out as they are where the client asks for nothing else.
    func retrieve(_ call: Call) async throws -> Answer {
        let space = NGSISpace(call)
        let context = try await parts.contexts.context(of: call, space: space.name)
        let attributes = try call.list("attrs").map { name throws(Refusal) in try context.stored(name) }
        let representation = try Representation(call, context, attributes: attributes)
        let id = try call.entityID()
        guard let entity = try await parts.store.get(call.context, id: id, space: space.name) else {
            try await space.requireExisting(call, parts.store)
            throw Refusal.noEntity(id)
        }
        try requireOne(of: attributes, entity)
        if representation.join != nil { return try await joined(entity, representation, call, space) }
        let tag = EntityTag(entity.tag.value + representation.tagSuffix)
        if call.knows(tag) { return Answer(.notModified, headers: [.eTag: tag.description]) }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(entity.document.count + 128)
        representation.write(entity, into: &bytes)
        return space.mark(answer(bytes, representation, [.eTag: tag.description]))
    }

    /// With linked entities, whose changes this one's tag does not know.
    private func joined(
        _ entity: StoredEntity, _ representation: Representation, _ call: Call, _ space: NGSISpace
    ) async throws -> Answer {
        let loader = LinkedEntities(store: parts.store, context: call.context, space: space.name)
        let joined = try await representation.joined([entity], loader)
        var bytes: [UInt8] = []
        if representation.join?.kind == .flat {
            representation.write(joined.entities, into: &bytes)
        } else {
            representation.write(entity, linked: joined.linked, into: &bytes)
        }
        return space.mark(answer(bytes, representation, [:]))
    }

    private func requireOne(of attributes: [String], _ entity: StoredEntity) throws(Refusal) {
        guard !attributes.isEmpty else { return }
        let tape = try entity.tape()
        guard attributes.contains(where: tape.has) else {
            throw Refusal(.notFound, "The entity has none of these attributes.")
        }
    }

    private func answer(_ bytes: [UInt8], _ representation: Representation, _ headers: HTTPFields) -> Answer {
        var answer = Answer.bytes(bytes, type: representation.media.rawValue, headers: headers)
        if let link = representation.link { answer.headers[.link] = link }
        return answer
    }
}

extension Representation {
    /// What a page shows with its linked entities: after it if they come flat, else inside.
    func joined(
        _ roots: [StoredEntity], _ loader: LinkedEntities
    ) async throws(Refusal) -> (entities: [StoredEntity], linked: LinkedObjects?) {
        guard let join else { return (roots, nil) }
        let found = try await loader.load(from: roots, join, projection)
        if join.kind == .flat { return (roots + found, nil) }
        // An entity of the page may be linked from another one of it.
        let all = Dictionary((found + roots).map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        return (
            roots,
            LinkedObjects(entities: all, representation: self, level: join.level, path: join.containedBy)
        )
    }
}
