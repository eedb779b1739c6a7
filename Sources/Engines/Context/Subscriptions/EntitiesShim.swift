import Entities
import JSON
import Storage

struct Pattern: Sendable {
    struct Failure: Error { var sentence: String }
    var text: String
    init(_ text: String) throws(Failure) { self.text = text }
    func matches(_ other: String) -> Bool { (try? Regex(text)).map { other.contains($0) } ?? false }
}
struct TypeExpression: Sendable {
    var names: [String]
    init(parsing text: String, mapName: (String) -> String = { $0 }) throws(QuerySyntaxError) {
        names = text.split { ",|;()&".contains($0) }.map { mapName(String($0)) }
    }
    init(anyOf names: [String]) { self.names = names }
    func matches(_ types: [String]) -> Bool { names.contains { types.contains($0) } }
}
struct ScopeQuery: Sendable {
    init(parsing text: String) throws(QuerySyntaxError) {}
}
public struct EntitySelector: Sendable {
    var ids: [String] = []
    var idPattern: Pattern?
    var types: TypeExpression?
    var typePattern: Pattern?
    func matches(id: String, types own: [String]) -> Bool {
        if !ids.isEmpty, !ids.contains(id) { return false }
        if let idPattern, !idPattern.matches(id) { return false }
        return types?.matches(own) ?? true
    }
}
extension EntityQuery {
    var selectors: [EntitySelector] {
        get { [EntitySelector(ids: ids, types: types.isEmpty ? nil : TypeExpression(anyOf: types))] }
        set {
            ids = newValue.flatMap(\.ids)
            types = newValue.flatMap { $0.types?.names ?? [] }
        }
    }
    var scope: ScopeQuery? {
        get { nil }
        set {}
    }
}
struct EntityMatcher: Sendable {
    var selectors: [EntitySelector]
    init(_ query: EntityQuery) throws(Refusal) { selectors = query.selectors }
    func matches(_ entity: StoredEntity) -> Bool {
        selectors.isEmpty || selectors.contains { $0.matches(id: entity.id, types: entity.types) }
    }
}
public struct EntityChangeView: Sendable {
    public enum Kind: Sendable { case created, updated, deleted, observed }
    public var kind: Kind
    var space, id: String
    var types: [String]
    var typesBefore: [String]
    var owner: TenantID
    var visibility: Visibility
    var version: Int64
    var sequence: Int64
    var time: Instant
    var before: JSONObject
    var after: JSONObject
    var added: [String] { after.names.filter { before[$0] == nil } }
    var changed: [String] { after.names.filter { before[$0] != nil && before[$0] != after[$0] } }
    var removed: [String] { before.names.filter { after[$0] == nil } }
    init?(_ record: ChangeRecord) {
        switch record.change.type {
        case EntityEvents.created: kind = .created
        case EntityEvents.updated: kind = .updated
        case EntityEvents.deleted: kind = .deleted
        case EntityEvents.observed: kind = .observed
        default: return nil
        }
        let (old, new) = (
            EntityChangeSide(parsing: record.change.before), EntityChangeSide(parsing: record.change.after)
        )
        guard let side = new ?? old, let json = try? JSON(parsing: record.change.after ?? record.change.before ?? [])
        else { return nil }
        (space, id) = (record.change.space, record.change.key)
        (types, typesBefore) = (side.types, (old ?? side).types)
        (owner, visibility) = (side.owner, side.visibility)
        version = Int64(json["entity"]?["version"]?.intValue ?? 0)
        (sequence, time) = (record.sequence, record.time)
        (before, after) = (old?.attributes ?? JSONObject(), new?.attributes ?? JSONObject())
    }
}
extension StoredEntity {
    func reverted(by changes: [EntityChangeView]) -> StoredEntity {
        var own = attributes
        for change in changes {
            for name in change.after.names { own[name] = change.before[name] }
            for member in change.before.members { own[member.name] = member.value }
        }
        return with(own, version: version - Int64(changes.count))
    }
    init?(deletedBy change: EntityChangeView) {
        self.init(
            number: 0, space: change.space, id: change.id, types: change.types, document: [], owner: change.owner,
            visibility: change.visibility, municipality: nil, provenance: Provenance(), createdAt: change.time,
            modifiedAt: change.time, version: change.version)
        self = with(change.before, version: change.version)
    }
    func with(_ attributes: JSONObject, version: Int64) -> StoredEntity {
        var copy = self
        copy.version = version
        let head: [JSONObject.Member] = [
            .init("id", .string(id)), .init("type", types.count == 1 ? .string(types[0]) : .array(types.map { .string($0) })),
        ]
        copy.document = JSON.object(JSONObject(head + attributes.members)).bytes
        return copy
    }
    var scopes: [String] { [] }
}
