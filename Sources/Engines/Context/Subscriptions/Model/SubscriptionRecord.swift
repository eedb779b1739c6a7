import Entities
import JSON
import Storage

/// A subscription as it is kept: what the client gave, and what belongs to it. The meaning of the source is read by the
/// protocol's `SubscriptionDialect`.
public struct SubscriptionRecord: Sendable, Hashable {
    public var key: SubscriptionKey
    /// The body whose subscription it is: its people see and change it.
    public var owner: TenantID
    public var maker: SubscriptionMaker
    public var dialect: SubscriptionProtocol
    /// The subscription as the client gave it, after the last update.
    public var source: JSONObject
    /// What each name in the source means in stored form, where that differs: worked out with the client's `@context`.
    public var names: [String: String]
    public var isActive: Bool
    public var expiresAt: Instant?
    public var createdAt: Instant
    public var modifiedAt: Instant
    /// Grows by one with each change.
    public var version: Int64

    public init(
        key: SubscriptionKey, owner: TenantID, maker: SubscriptionMaker, dialect: SubscriptionProtocol,
        source: JSONObject, names: [String: String] = [:], isActive: Bool = true, expiresAt: Instant? = nil,
        createdAt: Instant, modifiedAt: Instant, version: Int64 = 1
    ) {
        self.key = key
        self.owner = owner
        self.maker = maker
        self.dialect = dialect
        self.source = source
        self.names = names
        self.isActive = isActive
        self.expiresAt = expiresAt
        self.createdAt = createdAt
        self.modifiedAt = modifiedAt
        self.version = version
    }

    /// A name in stored form.
    public func storedName(_ name: String) -> String { names[name] ?? name }
}

extension SubscriptionRecord {
    /// The record as it stands in the change log.
    var bytes: [UInt8] {
        let json: JSON = [
            "space": .string(key.space), "id": .string(key.id), "owner": .string(owner.rawValue), "maker": maker.json,
            "dialect": .string(dialect.rawValue), "source": .object(source), "names": Self.json(names),
            "isActive": .bool(isActive), "expiresAt": expiresAt.map { .int($0.microseconds) } ?? .null,
            "createdAt": .int(createdAt.microseconds), "modifiedAt": .int(modifiedAt.microseconds),
            "version": .int(version),
        ]
        return json.bytes
    }

    static func json(_ names: [String: String]) -> JSON {
        .object(JSONObject(names.sorted { $0.key < $1.key }.map { .init($0.key, .string($0.value)) }))
    }

    static func names(_ json: JSON?) -> [String: String] {
        (json?.objectValue?.members ?? []).reduce(into: [:]) { $0[$1.name] = $1.value.stringValue }
    }

    /// Reads what `bytes` wrote; nil if it is something else.
    init?(parsing bytes: [UInt8]?) {
        guard let bytes, let json = try? JSON(parsing: bytes), let space = json["space"]?.stringValue,
            let id = json["id"]?.stringValue, let owner = json["owner"]?.stringValue,
            let maker = json["maker"].flatMap(SubscriptionMaker.init(json:)),
            let dialect = json["dialect"]?.stringValue.flatMap(SubscriptionProtocol.init(rawValue:)),
            let source = json["source"]?.objectValue, let version = json["version"]?.intValue
        else { return nil }
        func instant(_ name: String) -> Instant? { json[name]?.intValue.map { Instant(microseconds: Int64($0)) } }
        self.init(
            key: SubscriptionKey(space: space, id: id), owner: TenantID(owner), maker: maker, dialect: dialect,
            source: source, names: Self.names(json["names"]), isActive: json["isActive"]?.boolValue ?? true,
            expiresAt: instant("expiresAt"), createdAt: instant("createdAt") ?? Instant(microseconds: 0),
            modifiedAt: instant("modifiedAt") ?? Instant(microseconds: 0), version: Int64(version))
    }
}
