import Entities
import JSON
import Storage

/// Who made a subscription, as far as it decides what the subscription may see.
public struct SubscriptionMaker: Sendable, Hashable {
    public var actor: Actor

    public init(_ actor: Actor) {
        self.actor = Actor(
            id: actor.id, kind: actor.kind, tenant: actor.tenant, isUnrestricted: actor.isUnrestricted)
    }

    /// Whether the maker sees an entity of this owner and visibility (contracts §7).
    func covers(owner: TenantID, _ visibility: Visibility) -> Bool {
        if actor.isUnrestricted || visibility == .public { return true }
        guard actor.belongsToABody else { return false }
        return visibility == .bodies || owner == actor.tenant
    }

    /// A context for reading what the maker may see.
    func context(_ context: OperationContext) -> OperationContext {
        var own = context
        own.actor = actor
        own.tenant = actor.tenant ?? context.tenant
        return own
    }

    var json: JSON {
        [
            "id": .string(actor.id), "kind": .string(actor.kind.rawValue), "tenant": JSON(actor.tenant?.rawValue),
            "isUnrestricted": .bool(actor.isUnrestricted),
        ]
    }

    init?(json: JSON) {
        guard let id = json["id"]?.stringValue, let kind = json["kind"]?.stringValue.flatMap(Actor.Kind.init(rawValue:))
        else { return nil }
        actor = Actor(
            id: id, kind: kind, tenant: json["tenant"]?.stringValue.map { TenantID($0) },
            isUnrestricted: json["isUnrestricted"]?.boolValue ?? false)
    }
}
