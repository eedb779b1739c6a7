import Entities
import JSON
import Storage

extension Subscription {
    /// Whether a change is one that the subscription wants to hear of (ETSI GS CIM 009 clause 5.8.6). Which entities it
    /// wants is decided on the entity itself.
    func isTriggered(by change: EntityChangeView) -> Bool {
        switch change.kind {
        case .created:
            return watches(change.after.names)
                && !triggers.isDisjoint(with: [.entityCreated, .attributeCreated])
        case .deleted: return triggers.contains(.entityDeleted)
        case .updated: return isTriggered(byUpdate: change)
        case .observed: return false
        }
    }

    private func isTriggered(byUpdate change: EntityChangeView) -> Bool {
        let kinds: [(NotificationTrigger, [String])] = [
            (.attributeCreated, change.added),
            (.attributeUpdated, ignoresMetadata ? change.changedValues : change.changed),
            (.attributeDeleted, change.removed),
        ]
        for (trigger, names) in kinds where triggers.contains(trigger) || triggers.contains(.entityUpdated) {
            if !names.isEmpty, watches(names) { return true }
        }
        // Types, scopes or expiry alone are no attribute.
        return change.isOfHeadAlone && watchedAttributes.isEmpty && triggers.contains(.entityUpdated)
    }

    private func watches(_ names: [String]) -> Bool {
        watchedAttributes.isEmpty || names.contains { watchedAttributes.contains($0) }
    }

    /// Whether the subscription is to be told of an entity in this state.
    func covers(_ entity: StoredEntity) -> Bool {
        record.maker.covers(owner: entity.owner, entity.visibility) && matcher.matches(entity)
    }
}

extension EntityChangeView {
    /// Whether types, scopes or expiry changed and no attribute did.
    fileprivate var isOfHeadAlone: Bool { added.isEmpty && changed.isEmpty && removed.isEmpty }

    /// Names of attributes whose kind or value differs, whatever became of their sub-attributes.
    fileprivate var changedValues: [String] {
        changed.filter { name in
            guard let old = before[name], let new = after[name] else { return true }
            return Self.values(old) != Self.values(new)
        }
    }

    private static let ofValue = ["type", "datasetId", "ngsiv2Type", "ngsiv2Value"]

    private static func values(_ attribute: JSON) -> [[JSON?]] {
        AttributeInstances.all(attribute).map { instance in
            [instance.value] + ofValue.map { instance.object[$0] }
        }
    }
}
