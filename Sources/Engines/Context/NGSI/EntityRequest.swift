import Entities
import HTTPTypes
import JSON
import Storage
import Web

/// Requests for one entity.
struct EntityRequest: Sendable {
    let store: EntityStore

    /// Clause 5.7.1. Stored bytes go out as they are where the client asks for nothing else.
    func retrieve(_ call: Call) async throws -> Answer {
        try CoreContext.checkLink(call)
        let space = NGSISpace(call)
        let representation = try Representation(call, attributes: try call.list("attrs"))
        let id = call.parameter("id")
        guard let entity = try await store.get(call.context, id: id, space: space.name) else {
            try await space.requireExisting(call, store)
            throw Refusal(.notFound, "There is no entity with the id '\(id)'.")
        }
        if !representation.attributes.isEmpty, !entity.hasOne(of: representation.attributes) {
            throw Refusal(.notFound, "The entity has none of these attributes.")
        }
        let tag = entity.tag(representation)
        if call.knows(tag) { return Answer(.notModified, headers: [.eTag: tag.description]) }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(entity.document.count + 128)
        representation.write(entity, into: &bytes)
        var answer = Answer.bytes(bytes, type: representation.mediaType, headers: [.eTag: tag.description])
        if !representation.hasContext { answer.headers[.link] = CoreContext.linkHeader }
        return space.mark(answer)
    }

    /// Clause 5.6.1.
    func create(_ call: Call) async throws -> Answer {
        let space = NGSISpace(call)
        let entity = try EntityBody.entity(call)
        let actor = call.context.actor
        let write = EntityWrite(
            space: space.name, entity: entity, owner: actor.tenant ?? call.context.tenant,
            // Where clients need no key there is nobody whose own a thing could be.
            visibility: actor.tenant == nil ? .public : .tenant, municipality: entity.municipality)
        let stored = try await store.create(call.context, write)
        let path = "\(NGSIRoutes.root)/\(Call.percentEncoded(stored.id, keeping: ":"))"
        return space.mark(Answer(.created, headers: [.location: path, .eTag: stored.tag.description]))
    }

    /// Clause 5.6.2: attributes that the entity has are replaced, others are named in the answer and left.
    func update(_ call: Call) async throws -> Answer {
        let (space, id) = (NGSISpace(call), call.parameter("id"))
        let attributes = try EntityBody.fragment(call, of: id)
        let version = try await matchingVersion(call, id, space)
        let entity = try await store.updateAttributes(
            call.context, id: id, space: space.name, attributes: attributes, version: version, appends: false)
        let missing = try entity.missing(of: attributes.names)
        let tag: HTTPFields = [.eTag: entity.tag.description]
        guard !missing.isEmpty else { return space.mark(Answer(.noContent, headers: tag)) }
        let report: JSON = [
            "updated": .array(attributes.names.filter { !missing.contains($0) }.map { .string($0) }),
            "notUpdated": .array(
                missing.map { ["attributeName": .string($0), "reason": "The entity has no such attribute."] }),
        ]
        return space.mark(.json(report, status: HTTPResponse.Status(code: 207), headers: tag))
    }

    /// Clause 5.6.6.
    func delete(_ call: Call) async throws -> Answer {
        let (space, id) = (NGSISpace(call), call.parameter("id"))
        let version = try await matchingVersion(call, id, space)
        try await store.delete(call.context, id: id, space: space.name, version: version)
        return space.mark(.noContent)
    }

    /// The version that `If-Match` asks for; nil without the header, which the standard does not ask for.
    private func matchingVersion(_ call: Call, _ id: String, _ space: NGSISpace) async throws -> Int64? {
        guard let header = call.headers[.ifMatch], header != "*" else { return nil }
        guard let entity = try await store.get(call.context, id: id, space: space.name) else {
            throw Refusal(.notFound, "There is no entity with the id '\(id)'.")
        }
        let tags = header.split(separator: ",").map { $0.drop { $0 == " " || $0 == "\"" }.prefix { $0 != "\"" } }
        let wanted = entity.tag.value
        guard tags.contains(where: { $0 == wanted || $0.hasPrefix(wanted + "-") }) else {
            throw Refusal(
                .preconditionFailed, "The entity has changed since you read it. Read it again, then send anew.")
        }
        return entity.version
    }
}

extension StoredEntity {
    /// Changes with each version, and is not the same for another entity that gets the id later.
    var tag: EntityTag { EntityTag("\(number).\(version)") }

    func tag(_ representation: Representation) -> EntityTag {
        EntityTag("\(number).\(version)\(representation.tagSuffix)")
    }

    fileprivate func hasOne(of names: [String]) -> Bool { (try? missing(of: names).count < names.count) ?? false }

    /// Names that the document does not have.
    fileprivate func missing(of names: [String]) throws(Refusal) -> [String] {
        guard let tape = try? JSONTape(parsing: document) else {
            throw Refusal(.storage, "A stored document cannot be read.")
        }
        return names.filter { $0 == "id" || $0 == "type" || tape.root[$0] == nil }
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
