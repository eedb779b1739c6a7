import JSON
import Storage

/// A row of the change log as a change of an entity: what subscriptions and histories see.
public struct EntityChangeView: Sendable {
    public enum Kind: Sendable, Hashable {
        case created, updated, deleted
        /// Values went into the history in bulk; the attributes are the newest ones.
        case observed
    }

    public let kind: Kind
    public let space: String
    public let id: String
    /// The row's place in the log and when it was written.
    public let sequence: Int64
    public let time: Instant
    /// Who wrote it, and in which request.
    public let actor: String
    public let requestID: String
    private let oldSide: EntityChangeSide?
    private let newSide: EntityChangeSide?
    private let side: EntityChangeSide

    /// Nil if the row is no change of an entity.
    public init?(_ record: ChangeRecord) {
        switch record.change.type {
        case EntityEvents.created: kind = .created
        case EntityEvents.updated: kind = .updated
        case EntityEvents.deleted: kind = .deleted
        case EntityEvents.observed: kind = .observed
        default: return nil
        }
        oldSide = EntityChangeSide(parsing: record.change.before)
        newSide = EntityChangeSide(parsing: record.change.after)
        guard let side = newSide ?? oldSide else { return nil }
        self.side = side
        (space, id) = (record.change.space, record.change.key)
        (sequence, time) = (record.sequence, record.time)
        (actor, requestID) = (record.actor, record.requestID)
    }

    /// As after the change; of a deleted entity as before it. So are the others below.
    public var types: [String] { side.types }
    public var scopes: [String] { side.scopes }
    public var expiresAt: Instant? { side.expiresAt }
    public var owner: TenantID { side.owner }
    public var visibility: Visibility { side.visibility }
    public var municipality: String? { side.municipality }
    public var version: Int64 { side.version }
    public var number: Int64 { side.meta.number }
    /// Empty if the entity was not there.
    public var typesBefore: [String] { oldSide?.types ?? [] }

    /// Attributes in normalized form as they were: those that changed or went; all of a deleted entity.
    public var before: JSONObject { oldSide?.attributes ?? JSONObject() }
    /// As they became: those that came or changed; all of a created entity. If types, owner or visibility changed, those
    /// that stayed the same stand on both sides.
    public var after: JSONObject { newSide?.attributes ?? JSONObject() }

    /// Names of attributes that were not there before.
    public var added: [String] { after.names.filter { !before.contains($0) } }
    /// Names of attributes whose content differs.
    public var changed: [String] {
        after.members.filter { member in before[member.name].map { $0 != member.value } ?? false }.map(\.name)
    }
    /// Names of attributes that went.
    public var removed: [String] { before.names.filter { !after.contains($0) } }
}

extension StoredEntity {
    /// The state before some changes, given newest first. A change that is not the last one before this state is passed
    /// over, so that more may be given than is needed.
    public func reverted(by changes: [EntityChangeView]) -> StoredEntity {
        var entity = self
        for change in changes where change.version == entity.version && change.kind != .created {
            entity.revert(change)
        }
        return entity
    }

    private mutating func revert(_ change: EntityChangeView) {
        guard let tape = try? JSONTape(parsing: document) else { return }
        let gone = change.added.map { (name: $0, bytes: [UInt8]?.none) }
        let back = change.before.members.map { (name: $0.name, bytes: Optional($0.value.bytes)) }
        change.restoreHead(of: &self)
        document = EntityDocument.splicing(tape, gone + back, newHeadOf: self)
        version -= 1
    }

    /// An entity as it was when it was deleted; nil if the change is none that deletes.
    public init?(deletedBy change: EntityChangeView) {
        guard change.kind == .deleted else { return nil }
        let entity = Entity(
            id: change.id, types: change.types, attributes: change.before, scopes: change.scopes,
            expiresAt: change.expiresAt)
        self.init(
            number: change.number, space: change.space, id: change.id, types: change.types,
            document: EntityDocument(entity).bytes, owner: change.owner, visibility: change.visibility,
            municipality: change.municipality, provenance: Provenance(), createdAt: change.time,
            modifiedAt: change.time, version: change.version, scopes: change.scopes, expiresAt: change.expiresAt)
    }
}

extension EntityChangeView {
    fileprivate func restoreHead(of entity: inout StoredEntity) {
        guard let oldSide else { return }
        (entity.types, entity.scopes, entity.expiresAt) = (oldSide.types, oldSide.scopes, oldSide.expiresAt)
        (entity.owner, entity.visibility) = (oldSide.owner, oldSide.visibility)
    }
}
