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
    public var version: Int64
    public var scopes: [String]
    public var expiresAt: Instant?

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
        version = Int64(entity["version"]?.intValue ?? 0)
        scopes = entity["scopes"]?.arrayValue?.compactMap(\.stringValue) ?? []
        expiresAt = entity["expiresAt"]?.intValue.map { Instant(microseconds: Int64($0)) }
        attributes = json["attributes"]?.objectValue ?? JSONObject()
    }

    /// The text for the log. `attributes` are names with their JSON text.
    static func bytes(
        _ entity: StoredEntity, _ attributes: [(name: String, bytes: [UInt8])], extra: [UInt8] = []
    ) -> [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity(attributes.reduce(0) { $0 + $1.bytes.count + $1.name.utf8.count + 4 })
        for attribute in attributes {
            if !text.isEmpty { text.append(UInt8(ascii: ",")) }
            JSON.string(attribute.name).write(into: &text)
            text.append(UInt8(ascii: ":"))
            text += attribute.bytes
        }
        return bytes(entity, attributes: text[...], extra: extra)
    }

    /// The text for the log. `attributes` are members of an object.
    static func bytes(
        _ entity: StoredEntity, attributes: ArraySlice<UInt8>, extra: [UInt8] = []
    ) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(attributes.count + extra.count + 256)
        bytes += #"{"entity":"#.utf8
        meta(of: entity).write(into: &bytes)
        bytes += #","attributes":{"#.utf8
        bytes += attributes
        bytes.append(UInt8(ascii: "}"))
        bytes += extra
        bytes.append(UInt8(ascii: "}"))
        return bytes
    }

    private static func meta(of entity: StoredEntity) -> JSON {
        var members: [JSONObject.Member] = [
            .init("number", .int(entity.number)), .init("types", .array(entity.types.map { .string($0) })),
            .init("owner", .string(entity.owner.rawValue)), .init("visibility", .string(entity.visibility.rawValue)),
            .init("version", .int(entity.version)),
        ]
        if let code = entity.municipality { members.append(.init("municipality", .string(code))) }
        if let file = entity.provenance.file { members.append(.init("file", .string(file))) }
        if let licence = entity.provenance.licence { members.append(.init("licence", .string(licence))) }
        if !entity.scopes.isEmpty { members.append(.init("scopes", .array(entity.scopes.map { .string($0) }))) }
        if let expiry = entity.expiresAt { members.append(.init("expiresAt", .int(expiry.microseconds))) }
        return .object(JSONObject(uniqueMembers: members))
    }
}
