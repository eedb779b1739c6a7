import Entities
import JSON
import Storage

/// What a request does to the attributes of an entity.
struct V2Edit: Sendable {
    enum Action: String, Sendable { case append, appendStrict, update, replace, delete }

    var action: Action
    var attributes: [V2AttributeInput]
    /// Whether metadata that the request does not name go («overrideMetadata»).
    var overridesMetadata = false

    /// An edit, and what could not be done: names of attributes that are missing or there already.
    struct Outcome: Sendable {
        var edit: EntityEdit
        var failed: [String]
    }

    /// What becomes of an entity. Pure, so that it may run more than once.
    func applied(to entity: StoredEntity) throws(Refusal) -> Outcome {
        let stored = entity.attributes
        var outcome = Outcome(edit: EntityEdit(), failed: [])
        for input in attributes {
            if input.name == "dateExpires" {
                try expire(input, entity, &outcome)
                continue
            }
            let name = V2Names.storedAttribute(input.name)
            let old = stored[name]
            guard isPossible(old != nil) else {
                outcome.failed.append(input.name)
                continue
            }
            if action == .delete {
                outcome.edit.attributes.append((name, nil))
            } else if let new = try V2Merge(input: input, keepsMetadata: !overridesMetadata && action != .replace).of(
                old)
            {
                outcome.edit.attributes.append((name, new))
            }
        }
        if action == .replace { removeOthers(stored, &outcome.edit) }
        return outcome
    }

    /// Whether the action goes with an attribute that is there, or is not.
    private func isPossible(_ exists: Bool) -> Bool {
        switch action {
        case .append, .replace: true
        case .appendStrict: !exists
        case .update, .delete: exists
        }
    }

    /// `dateExpires` is no attribute but the end of the entity («Transient Entities»).
    private func expire(_ input: V2AttributeInput, _ entity: StoredEntity, _ outcome: inout Outcome) throws(Refusal) {
        guard isPossible(entity.expiresAt != nil) else { return outcome.failed.append(input.name) }
        outcome.edit.expiresAt = .some(action == .delete ? nil : try Self.end(input))
    }

    /// The instant that `dateExpires` names.
    static func end(_ input: V2AttributeInput) throws(Refusal) -> Instant? {
        if input.value.isNull { return nil }
        guard let instant = input.value.stringValue.flatMap(V2DateTime.instant) else {
            throw .badV2("date has invalid format")
        }
        return instant
    }

    private func removeOthers(_ stored: JSONObject, _ edit: inout EntityEdit) {
        let given = Set(edit.attributes.map(\.name))
        edit.attributes += stored.names.filter { !given.contains($0) }.map { ($0, nil) }
        if !attributes.contains(where: { $0.name == "dateExpires" }) { edit.expiresAt = .some(nil) }
    }
}

/// Lays one attribute of a request over the stored one («Metadata update semantics»).
struct V2Merge: Sendable {
    var input: V2AttributeInput
    /// Whether metadata that the request does not name stay.
    var keepsMetadata: Bool

    /// The attribute as it will be stored; nil if nothing is to be made.
    func of(_ stored: JSON?) throws(Refusal) -> JSON? {
        let old = stored.flatMap(V2Attribute.init(stored:))
        guard var new = try merged(old) else { return nil }
        let keeps = keepsMetadata && input.metadata?.isEmpty != true
        let given = input.metadata ?? []
        if keeps, let old {
            new.metadata = old.metadata.filter { kept in !given.contains { $0.name == kept.name } } + given
        }
        guard let stored, let instance = StoredInstances.shown(stored), var object = new.stored.objectValue else {
            return new.stored
        }
        if keeps { Self.keep(instance.object, besides: given, in: &object) }
        if !instance.dataset.isEmpty { object["datasetId"] = .string(instance.dataset) }
        return StoredInstances.replacing(stored, with: .object(object))
    }

    private func merged(_ old: V2Attribute?) throws(Refusal) -> V2Attribute? {
        var new = input.attribute
        guard new.isOperation, let operation = new.value.objectValue else { return new }
        if input.type == nil, let old { new.type = old.type }
        switch try V2Operators.apply(operation, to: old?.value, type: new.type) {
        case .nothing: return nil
        case .value(let value): new.value = value
        }
        if input.type == nil, old == nil { new.type = V2Attribute.defaultType(of: new.value) }
        return new
    }

    /// Sub-attributes that stay are kept as they are stored, with what NGSIv2 cannot show of them.
    private static func keep(_ old: JSONObject, besides given: [V2Metadata], in object: inout JSONObject) {
        let replaced = Set(given.map { V2Names.storedMetadata($0.name) })
        for member in old.members {
            let isSub = !V2Names.reservedInAttribute.contains(member.name)
            let isOwn = member.name == V2Names.typeMember || member.name == V2Names.valueMember
            if isSub ? !isOwn && !replaced.contains(member.name) : member.name == "expiresAt" {
                object[member.name] = member.value
            }
        }
    }
}
