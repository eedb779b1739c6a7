import Entities
import JSON

/// Merges an instance of an attribute into one that is there (ETSI GS CIM 009 clause 5.5.12, RFC 7396): objects member by
/// member, everything else as a whole; the null of NGSI-LD takes away.
struct InstanceMerge {
    let defaults: MergeDefaults

    func merged(_ old: AttributeInstance, _ new: AttributeInstance) -> AttributeInstance {
        let new = adapted(new, to: old)
        // Another kind of attribute takes the place of the old one: nothing of it has the same meaning.
        if let kind = new.kind, kind != old.kind { return fresh(new) }
        var object = old.object
        for member in new.object.members {
            if isTakenAway(member.value) {
                object[member.name] = nil
            } else if let known = object[member.name], member.name != "type" {
                object[member.name] = value(member.name, known, member.value)
            } else {
                object[member.name] = member.value
            }
        }
        return dated(AttributeInstance(object: object), given: new)
    }

    func fresh(_ new: AttributeInstance) -> AttributeInstance {
        AttributeInstance(object: JSONObject(new.object.members.filter { !isTakenAway($0.value) })).dated(
            defaults, given: new)
    }

    private func dated(_ instance: AttributeInstance, given: AttributeInstance) -> AttributeInstance {
        instance.dated(defaults, given: given)
    }

    private func value(_ name: String, _ old: JSON, _ new: JSON) -> JSON {
        if AttributeMembers.isValue(name) {
            // A geometry is one value; half of it would be none.
            if old["coordinates"] != nil || new["coordinates"] != nil { return new }
            return patched(old, new)
        }
        if AttributeMembers.isOwn(name) { return new }
        var edit = InstanceEdit(old, .merge(MergeDefaults()))
        do { try edit.apply(new) } catch { return new }
        return edit.result ?? new
    }

    private func patched(_ old: JSON, _ new: JSON) -> JSON {
        guard case .object(var object) = old, let patch = new.objectValue else { return new }
        for member in patch.members {
            object[member.name] =
                NGSINull.isNull(member.value)
                ? Optional<JSON>.none : object[member.name].map { patched($0, member.value) } ?? member.value
        }
        return .object(object)
    }

    private func isTakenAway(_ value: JSON) -> Bool {
        if NGSINull.isNull(value) { return true }
        return value.objectValue.map { $0["type"] != nil && NGSINull.isNull(instance: $0) } ?? false
    }

    /// A simplified value as a value of the kind that is there.
    private func adapted(_ new: AttributeInstance, to old: AttributeInstance) -> AttributeInstance {
        guard let kind = old.kind, new.kind == .property, kind != .property, let value = new.value,
            defaults.isSimplified || defaults.language != nil && kind == .languageProperty
        else { return new }
        var object = new.object
        object["value"] = nil
        object["type"] = .string(kind.rawValue)
        object[kind.valueMember] =
            kind == .languageProperty && value.stringValue != nil ? [defaults.language ?? "@none": value] : value
        return AttributeInstance(object: object)
    }
}

extension AttributeInstance {
    /// With the time of the merge where neither the fragment nor a default says otherwise.
    fileprivate func dated(_ defaults: MergeDefaults, given: AttributeInstance) -> AttributeInstance {
        guard let time = defaults.observedAt, given.object["observedAt"] == nil else { return self }
        var dated = self
        dated.object["observedAt"] = .string(time)
        return dated
    }
}
