import Entities
import JSON
import Storage

/// Makes stored entities of v2 ones.
struct V2Creation: Sendable {
    let context: OperationContext
    let space: String
    let path: V2ServicePath

    /// The entity under its plain id, or under its qualified one.
    func write(_ input: V2EntityInput, isQualified: Bool = false) throws(Refusal) -> EntityWrite {
        let type = input.type ?? "Thing"
        let id = isQualified ? V2ID.qualified(input.id, type: type, path: path.text) : V2ID.plain(input.id)
        var entity = Entity(
            id: id, types: [V2Names.storedType(type)], attributes: try attributes(input),
            scopes: V2ServicePath.scopes(path.text))
        if let end = input.attributes.first(where: { $0.name == "dateExpires" }) {
            entity.expiresAt = try V2Edit.end(end)
        }
        let actor = context.actor
        return EntityWrite(
            space: space, entity: entity, owner: actor.tenant ?? context.tenant,
            // Where clients need no key there is nobody whose own a thing could be.
            visibility: actor.tenant == nil ? .public : .tenant, municipality: Self.municipality(entity))
    }

    private func attributes(_ input: V2EntityInput) throws(Refusal) -> JSONObject {
        var members: [JSONObject.Member] = []
        for attribute in input.attributes where attribute.name != "dateExpires" {
            guard let stored = try V2Merge(input: attribute, keepsMetadata: false).of(nil) else { continue }
            members.append(.init(V2Names.storedAttribute(attribute.name), stored))
        }
        return JSONObject(members)
    }

    /// What the attribute `municipalityCode` says, if it is a 6-digit code.
    private static func municipality(_ entity: Entity) -> String? {
        guard let code = entity.attributes["municipalityCode"]?["value"]?.stringValue, code.utf8.count == 6,
            code.utf8.allSatisfy({ (48...57).contains($0) })
        else { return nil }
        return code
    }
}
