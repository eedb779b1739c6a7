import Entities
import JSON
import Storage

/// Puts linked entities into the relationships that name them (ETSI GS CIM 009 clause 4.5.23.2), as far as the join goes.
struct LinkedObjects: Sendable {
    let entities: [String: StoredEntity]
    let representation: Representation
    /// Links still to be followed.
    let level: Int
    /// Entities on the way here, which are not shown again.
    let path: Set<String>
    var projection = Projection()

    /// For the attribute of this name of an entity, seen through the entity's projection.
    func through(_ name: String, of entity: StoredEntity, _ outer: Projection) -> LinkedObjects {
        LinkedObjects(
            entities: entities, representation: representation, level: level, path: path.union([entity.id]),
            projection: outer.inner(name))
    }

    /// A relationship's instance with `entity` or `entityList`; other instances as they are.
    func instance(_ object: JSONObject) -> JSONObject {
        var object = object
        switch AttributeInstance(object: object).kind {
        case .relationship:
            if let id = object["object"]?.stringValue {
                object["entity"] = members(id)
            } else if let ids = object["object"]?.arrayValue {
                object["entityList"] = list(ids)
            }
        case .listRelationship: object["entityList"] = object["objectList"]?.arrayValue.flatMap(list)
        default: break
        }
        return object
    }

    /// Ids, with the entities in the place of those that are there.
    func simplified(_ objects: JSON) -> JSON {
        switch objects {
        case .string(let id): members(id) ?? objects
        case .array(let elements): .array(elements.map(simplified))
        case .object(let object): object["object"].map(simplified) ?? objects
        default: objects
        }
    }

    private func list(_ ids: [JSON]) -> JSON? {
        let found = ids.compactMap { ($0["object"] ?? $0).stringValue.flatMap(members) }
        return found.isEmpty ? nil : .array(found)
    }

    private func members(_ id: String) -> JSON? {
        guard level > 0, !path.contains(id), let entity = entities[id] else { return nil }
        let next = LinkedObjects(
            entities: entities, representation: representation, level: level - 1, path: path)
        return .object(JSONObject(representation.members(entity, projection, linked: next)))
    }
}
