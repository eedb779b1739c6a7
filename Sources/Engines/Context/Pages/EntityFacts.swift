import Entities
import JSON
import Storage

/// One entity as JSON beside its page: simplified values and what the store knows besides.
enum EntityFacts {
    static func facts(_ entity: StoredEntity) -> JSON {
        let values = entity.attributes.members.map { JSONObject.Member($0.name, SimplifiedAttribute.value($0.value)) }
        return [
            "id": .string(entity.id), "types": .array(entity.types.map { .string($0) }),
            "municipalityCode": entity.municipality.map { .string($0) } ?? .null,
            "owner": .string(entity.owner.rawValue), "visibility": .string(entity.visibility.rawValue),
            "source": source(entity.provenance), "createdAt": .string(DateTime.text(entity.createdAt)),
            "modifiedAt": .string(DateTime.text(entity.modifiedAt)), "version": .int(entity.version),
            "values": .object(JSONObject(values)),
        ]
    }

    private static func source(_ provenance: Provenance) -> JSON {
        [
            "file": provenance.file.map { .string($0) } ?? .null, "line": JSON(provenance.line),
            "importId": provenance.importID.map { .string($0) } ?? .null,
            "licence": provenance.licence.map { .string($0) } ?? .null,
            "isOpenData": .bool(provenance.licence != nil),
        ]
    }
}
