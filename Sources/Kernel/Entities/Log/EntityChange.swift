import JSON
import Storage

/// The events of the entity store.
public enum EntityEvents {
    public static let created: EventType = "context.entity.created"
    public static let updated: EventType = "context.entity.updated"
    public static let deleted: EventType = "context.entity.deleted"
    /// Values went straight into the history; `after` has the newest ones and how many there are.
    public static let observed: EventType = "context.entity.observed"
    public static let all = [created, updated, deleted, observed]
    static let prefix = "context.entity."
}

/// One side (`before` or `after`) of an entity's row in the change log:
/// `{"entity": {"number", "types", "owner", "visibility", …}, "attributes": {changed ones, normalized}}`.
public struct EntityChangeSide: Sendable {
    var meta: EntityMeta
    /// Those that changed; all if the entity came, went, or changed its type, owner or visibility.
    public var attributes: JSONObject

    public var types: [String] { meta.types }
    public var owner: TenantID { meta.owner }
    public var visibility: Visibility { meta.visibility }
    public var municipality: String? { meta.municipality }

    /// Reads what `Change.before` or `Change.after` holds; nil if it is none of this store's.
    public init?(parsing bytes: [UInt8]?) {
        guard let bytes, let json = try? JSON(parsing: bytes), let entity = json["entity"],
            let number = entity["number"]?.intValue, let owner = entity["owner"]?.stringValue,
            let visibility = entity["visibility"]?.stringValue.flatMap(Visibility.init(rawValue:))
        else { return nil }
        meta = EntityMeta(
            number: Int64(number), types: entity["types"]?.arrayValue?.compactMap(\.stringValue) ?? [],
            owner: TenantID(owner), visibility: visibility, municipality: entity["municipality"]?.stringValue,
            provenance: Provenance(file: entity["file"]?.stringValue, licence: entity["licence"]?.stringValue))
        attributes = json["attributes"]?.objectValue ?? JSONObject()
    }

    /// The text for the log. `attributes` are names with their JSON text.
    static func bytes(
        _ meta: EntityMeta, version: Int64, attributes: [(name: String, bytes: [UInt8])], extra: [UInt8] = []
    ) -> [UInt8] {
        var entity: [JSONObject.Member] = [
            .init("number", .int(meta.number)), .init("types", .array(meta.types.map { .string($0) })),
            .init("owner", .string(meta.owner.rawValue)), .init("visibility", .string(meta.visibility.rawValue)),
            .init("version", .int(version)),
        ]
        if let code = meta.municipality { entity.append(.init("municipality", .string(code))) }
        if let file = meta.provenance.file { entity.append(.init("file", .string(file))) }
        if let licence = meta.provenance.licence { entity.append(.init("licence", .string(licence))) }
        var bytes = Array(#"{"entity":"#.utf8)
        JSON.object(JSONObject(entity)).write(into: &bytes)
        bytes += #","attributes":{"#.utf8
        for (index, attribute) in attributes.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            JSON.string(attribute.name).write(into: &bytes)
            bytes.append(UInt8(ascii: ":"))
            bytes += attribute.bytes
        }
        bytes.append(UInt8(ascii: "}"))
        bytes += extra
        bytes.append(UInt8(ascii: "}"))
        return bytes
    }
}
